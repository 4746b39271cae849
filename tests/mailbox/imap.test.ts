import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { connectMailbox } from '../../server/services/mailbox/connect';
import type { FetchedMessage, Mailbox, MailboxSettings, MessageRef } from '../../server/services/mailbox/types';
import { hasDovecot, startDovecot } from '../support/dovecot';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { AppendOptions, TestMailServer } from '../support/mail-server';
import { resultsInEnglish } from '../support/said';

const servers: { name: string; start(): Promise<TestMailServer> }[] = [
  ...(hasDovecot() ? [{ name: 'Dovecot', start: startDovecot }] : []),
  { name: 'hoodiecrow', start: startHoodiecrow },
];

describe.each(servers)('an IMAP mailbox on $name', ({ name, start }) => {
  let server: TestMailServer;
  let folder: string;
  let count = 0;
  const open: Mailbox[] = [];

  beforeAll(async () => {
    server = await start();
  }, 30_000);
  afterAll(() => server?.stop());
  afterEach(() => Promise.all(open.splice(0).map((mailbox) => mailbox.close())));

  // Each test has a folder of its own.
  beforeEach(async () => {
    folder = `Test ${++count}`;
    await server.createFolder(folder);
  });
  const connect = async (overrides?: Partial<MailboxSettings>): Promise<Mailbox> => {
    const mailbox = await connectMailbox(server.settings(overrides));
    open.push(mailbox);
    return mailbox;
  };
  const opened = async (path = folder): Promise<Mailbox> => {
    const mailbox = await connect();
    await mailbox.open(path);
    return mailbox;
  };
  const put = (subject: string, options?: AppendOptions): Promise<void> => server.append(folder, mail(subject), options);
  const subjects = async (path = folder): Promise<string[]> => (await server.messages(path)).map(({ source }) => subjectOf(source));

  test('lists its folders with what they are for', async () => {
    const folders = await (await connect()).folders();

    expect(folders).toContainEqual({ path: 'INBOX', name: 'INBOX', delimiter: '/', specialUse: null, selectable: true });
    expect(folders).toContainEqual({ path: 'Sent', name: 'Sent', delimiter: '/', specialUse: '\\Sent', selectable: true });
    expect(folders.map(({ path }) => path)).toContain(folder);
  });

  test('says what it can do', async () => {
    const mailbox = await connect();

    expect(mailbox.capabilities).toEqual({ folders: true, readFlags: true, move: true, push: true });
    expect(mailbox.serverCapabilities).toEqual(expect.arrayContaining(['IMAP4rev1', 'UIDPLUS', 'MOVE']));
  });

  test('opens a folder and tells UIDVALIDITY and the next UID', async () => {
    await put('one');
    await put('two');

    expect(await (await connect()).open(folder)).toEqual({ path: folder, uidValidity: expect.stringMatching(/^[1-9]\d*$/), uidNext: 3 });
  });

  test('opens folders whose names are not ASCII', async () => {
    for (const name of ['Aufträge & Rückfragen', '受信箱']) {
      await server.createFolder(name);
      await server.append(name, mail(`in ${name.length}`));
      const mailbox = await opened(name);
      expect((await mailbox.folders()).map(({ path }) => path)).toContain(name);
      expect((await mailbox.list({ type: 'unread' })).map(({ uid }) => uid)).toEqual(['1']);
    }
  });

  test('says so when a folder is not there', async () => {
    await expect((await connect()).open('No such folder')).rejects.toMatchObject({
      name: 'MailboxError',
      code: 'folderMissing',
      message: expect.stringContaining('"No such folder"'),
    });
  });

  test('an empty folder has no messages, whatever is asked', async () => {
    const mailbox = await opened();

    expect(await mailbox.list({ type: 'unread' })).toEqual([]);
    expect(await mailbox.list({ type: 'afterUid', uid: '0' })).toEqual([]);
    expect(await mailbox.list({ type: 'since', since: new Date(0) })).toEqual([]);
    expect(await mailbox.list({ type: 'newest', limit: 10 })).toEqual([]);
    expect(await drain(mailbox.fetch([], { maxBytes: 1000 }))).toEqual([]);
    expect(await mailbox.apply([])).toEqual([]);
  });

  test('unread messages are those without \\Seen, oldest first, with size and date of receipt', async () => {
    await put('first', { date: new Date('2026-03-01T10:00:05Z') });
    await put('read', { flags: ['\\Seen'] });
    await put('flagged', { flags: ['\\Flagged'], date: new Date('2026-03-02T10:00:05Z') });
    const listed = await (await opened()).list({ type: 'unread' });

    expect(listed).toEqual([
      { uid: '1', size: Buffer.byteLength(mail('first')), receivedAt: '2026-03-01T10:00:05.000Z' },
      { uid: '3', size: Buffer.byteLength(mail('flagged')), receivedAt: '2026-03-02T10:00:05.000Z' },
    ]);
  });

  test('messages after a UID do not include the last one again', async () => {
    for (const subject of ['one', 'two', 'three']) await put(subject);
    const mailbox = await opened();

    expect(uids(await mailbox.list({ type: 'afterUid', uid: '1' }))).toEqual(['2', '3']);
    expect(uids(await mailbox.list({ type: 'afterUid', uid: '3' }))).toEqual([]);
    expect(uids(await mailbox.list({ type: 'afterUid', uid: '900' }))).toEqual([]);
  });

  test('"since" is exact to the second, not to the day', async () => {
    const moment = new Date('2026-05-05T12:00:00.700Z');
    await put('a second before', { date: new Date('2026-05-05T11:59:59Z') });
    await put('in that second', { date: new Date('2026-05-05T12:00:00Z') });
    await put('read, a day later', { date: new Date('2026-05-06T12:00:00Z'), flags: ['\\Seen'] });
    await put('unread, a day later', { date: new Date('2026-05-06T12:00:00Z') });
    await put('a year before', { date: new Date('2025-05-05T12:00:00Z') });
    const mailbox = await opened();

    expect(uids(await mailbox.list({ type: 'since', since: moment }))).toEqual(['2', '3', '4']);
    expect(uids(await mailbox.list({ type: 'unread', since: moment }))).toEqual(['2', '4']);
    expect(uids(await mailbox.list({ type: 'unread' }))).toEqual(['1', '2', '4', '5']);
  });

  test('the newest messages are the last ones, still oldest first', async () => {
    for (const subject of ['one', 'two', 'three']) await put(subject);
    const mailbox = await opened();

    expect(uids(await mailbox.list({ type: 'newest', limit: 2 }))).toEqual(['2', '3']);
    expect(uids(await mailbox.list({ type: 'newest', limit: 99 }))).toEqual(['1', '2', '3']);
  });

  test('what arrives later is there when the folder is opened again', async () => {
    await put('one');
    const mailbox = await opened();
    await put('two');
    await mailbox.open(folder);

    expect(uids(await mailbox.list({ type: 'afterUid', uid: '1' }))).toEqual(['2']);
  });

  test('fetching gives every byte as it was received, and leaves the message unread', async () => {
    const source = Buffer.concat([
      Buffer.from('Subject: raw\r\n\r\n.\r\n..two dots\r\n'),
      Buffer.from([0xff, 0x80, 0xe9, 0x0d, 0x0a]),
      Buffer.from('the end'),
    ]);
    await server.append(folder, source);
    const mailbox = await opened();
    const [message] = await drain(mailbox.fetch(await mailbox.list({ type: 'unread' }), { maxBytes: 1e6 }));

    expect(Buffer.from(message!.source).toString('latin1')).toBe(source.toString('latin1'));
    expect(message!.truncated).toBe(false);
    expect((await server.messages(folder))[0]!.flags).toEqual([]);
  });

  test('fetches many messages in the order given, each with its own reference', async () => {
    const all = Array.from({ length: 120 }, (_, i) => `number ${i + 1}`);
    await server.appendAll(
      folder,
      all.map((subject) => mail(subject)),
    );
    const mailbox = await opened();
    const refs = (await mailbox.list({ type: 'unread' })).filter((_, i) => i % 3 !== 1);
    const fetched = await drain(mailbox.fetch(refs, { maxBytes: 1e6 }));

    expect(fetched.map(({ ref }) => ref)).toEqual(refs);
    expect(fetched.map(({ source }) => subjectOf(source))).toEqual(all.filter((_, i) => i % 3 !== 1));
  });

  test('fetches in descending order when that is what is given', async () => {
    for (const subject of ['one', 'two', 'three']) await put(subject);
    const mailbox = await opened();
    const refs = (await mailbox.list({ type: 'unread' })).reverse();

    expect((await drain(mailbox.fetch(refs, { maxBytes: 1e6 }))).map(({ source }) => subjectOf(source))).toEqual(['three', 'two', 'one']);
  });

  test('a message above the limit comes as its first 256 KiB, between whole neighbours', async () => {
    await put('before');
    await server.append(folder, mail('huge', 'x'.repeat(700_000)));
    await put('after');
    const mailbox = await opened();
    const fetched = await drain(mailbox.fetch(await mailbox.list({ type: 'unread' }), { maxBytes: 600_000 }));

    expect(fetched.map(({ source }) => subjectOf(source))).toEqual(['before', 'huge', 'after']);
    expect(fetched.map(({ truncated }) => truncated)).toEqual([false, true, false]);
    expect(fetched[1]!.source.length).toBe(256 * 1024);
    expect(fetched[1]!.ref.size).toBeGreaterThan(700_000);
  });

  test('a message that is gone is skipped', async () => {
    for (const subject of ['one', 'two', 'three']) await put(subject);
    const mailbox = await opened();
    const refs = await mailbox.list({ type: 'unread' });
    const other = await opened();
    await other.apply([{ uid: '2', effects: [{ type: 'delete' }] }]);

    expect((await drain(mailbox.fetch(refs, { maxBytes: 1e6 }))).map(({ ref }) => ref.uid)).toEqual(['1', '3']);
  });

  test('fetching can be left early, and the connection goes on working', async () => {
    await server.appendAll(
      folder,
      Array.from({ length: 50 }, (_, i) => mail(`number ${i}`, 'x'.repeat(5000))),
    );
    const mailbox = await opened();
    const refs = await mailbox.list({ type: 'unread' });
    for await (const { ref } of mailbox.fetch(refs, { maxBytes: 1e6 })) if (ref.uid === '3') break;

    expect((await drain(mailbox.fetch(refs.slice(10, 12), { maxBytes: 1e6 }))).map(({ ref }) => ref.uid)).toEqual(['11', '12']);
  });

  test('a command inside the fetch loop is an error, not a deadlock', async () => {
    await put('one');
    const mailbox = await opened();
    const refs = await mailbox.list({ type: 'unread' });
    const during = async (): Promise<void> => {
      for await (const { ref } of mailbox.fetch(refs, { maxBytes: 1e6 }))
        await mailbox.apply([{ uid: ref.uid, effects: [{ type: 'seen' }] }]);
    };

    await expect(during()).rejects.toThrow('while messages are being fetched');
    expect(await mailbox.apply([{ uid: '1', effects: [{ type: 'seen' }] }])).toEqual([{ uid: '1', error: null }]);
  });

  test('marks messages as read, and only those', async () => {
    for (const subject of ['one', 'two', 'three']) await put(subject, { flags: ['\\Flagged'] });
    const mailbox = await opened();
    const results = await mailbox.apply(['1', '3'].map((uid) => ({ uid, effects: [{ type: 'seen' }] })));

    expect(results).toEqual([
      { uid: '1', error: null },
      { uid: '3', error: null },
    ]);
    expect((await server.messages(folder)).map(({ flags }) => flags)).toEqual([
      ['\\Flagged', '\\Seen'],
      ['\\Flagged'],
      ['\\Flagged', '\\Seen'],
    ]);
  });

  test('moves messages with flags and date, into folders that it creates when they are missing', async () => {
    await put('one', { flags: ['\\Flagged'], date: new Date('2026-02-03T04:05:06Z') });
    await put('two');
    await put('three');
    const [done, cafe] = [`${folder}/done/deep`, `Café ${count}`];
    const results = await (
      await opened()
    ).apply([
      { uid: '1', effects: [{ type: 'move', folder: done }, { type: 'seen' }] },
      { uid: '2', effects: [{ type: 'move', folder: cafe }] },
      { uid: '3', effects: [{ type: 'move', folder: done }] },
    ]);

    expect(results.map(({ error }) => error)).toEqual([null, null, null]);
    expect(await subjects()).toEqual([]);
    expect(await subjects(cafe)).toEqual(['two']);
    expect(await server.messages(done)).toMatchObject([
      { flags: ['\\Flagged', '\\Seen'], receivedAt: new Date('2026-02-03T04:05:06Z'), source: mail('one') },
      { flags: [], source: mail('three') },
    ]);
  });

  test('of several moves the last one counts', async () => {
    await put('one');
    await (
      await opened()
    ).apply([
      {
        uid: '1',
        effects: [
          { type: 'move', folder: `${folder} A` },
          { type: 'move', folder: `${folder} B` },
        ],
      },
    ]);

    expect(await subjects(`${folder} B`)).toEqual(['one']);
    expect(await server.folders()).not.toContain(`${folder} A`);
  });

  test('a move into the folder where the message lies leaves it untouched', async () => {
    await put('one');

    expect(await (await opened()).apply([{ uid: '1', effects: [{ type: 'move', folder }] }])).toEqual([{ uid: '1', error: null }]);
    expect((await server.messages(folder)).map(({ uid }) => uid)).toEqual([1]);
  });

  test('deletes the messages named and leaves those that somebody else marked as deleted', async () => {
    await put('delete me');
    await put('marked by somebody', { flags: ['\\Deleted'] });
    await put('keep me');
    await put('delete me too');
    const results = await (await opened()).apply(['1', '4'].map((uid) => ({ uid, effects: [{ type: 'seen' }, { type: 'delete' }] })));

    expect(results).toEqual([
      { uid: '1', error: null },
      { uid: '4', error: null },
    ]);
    expect(await subjects()).toEqual(['marked by somebody', 'keep me']);
  });

  test('effects on a message that is gone are in place already', async () => {
    await put('one');
    const mailbox = await opened();
    const effects = [{ uid: '1', effects: [{ type: 'move' as const, folder: `${folder} done` }] }];
    await mailbox.apply(effects);

    expect(await mailbox.apply(effects)).toEqual([{ uid: '1', error: null }]);
    expect(await mailbox.apply([{ uid: '1', effects: [{ type: 'seen' }, { type: 'delete' }] }])).toEqual([{ uid: '1', error: null }]);
    expect(await subjects(`${folder} done`)).toEqual(['one']);
  });

  if (name === 'Dovecot') {
    // hoodiecrow takes every name.
    test('one target that cannot be does not fail the others', async () => {
      for (const subject of ['one', 'two', 'three']) await put(subject);
      const impossible = 'a//b';
      const results = await (
        await opened()
      ).apply([
        { uid: '1', effects: [{ type: 'move', folder: `${folder} good` }] },
        { uid: '2', effects: [{ type: 'seen' }, { type: 'move', folder: impossible }] },
        { uid: '3', effects: [{ type: 'seen' }] },
      ]);

      expect(resultsInEnglish(results).map(({ error }) => error)).toEqual([
        null,
        expect.stringContaining(`refused to move the message to "${impossible}"`),
        null,
      ]);
      expect(await server.messages(folder)).toMatchObject([
        { uid: 2, flags: ['\\Seen'] },
        { uid: 3, flags: ['\\Seen'] },
      ]);
    });
  }

  test('a wrong password is told apart, and never repeated in the message', async () => {
    const error = await connectMailbox(server.settings({ credential: { type: 'password', password: 'tr0ub4dor' } })).catch(
      (thrown: unknown) => thrown,
    );

    expect(error).toMatchObject({
      name: 'MailboxError',
      code: 'authenticationFailed',
      message: expect.stringContaining("Couldn't connect to IMAP server 127.0.0.1"),
    });
    expect(String(error)).not.toContain('tr0ub4dor');
  });

  test('signs in over SSL', async () => {
    const mailbox = await connect({ port: server.imapsPort, encryption: 'ssl' });

    expect((await mailbox.folders()).length).toBeGreaterThan(1);
  });
});

const mail = (subject: string, text = 'Hello.'): string => `From: Ann <ann@example.com>\r\nSubject: ${subject}\r\n\r\n${text}\r\n`;
const subjectOf = (source: string | Uint8Array): string => /^Subject: (.*)\r$/m.exec(Buffer.from(source).toString())?.[1] ?? '';
const uids = (refs: MessageRef[]): string[] => refs.map(({ uid }) => uid);

async function drain(stream: AsyncIterable<FetchedMessage>): Promise<FetchedMessage[]> {
  const messages: FetchedMessage[] = [];
  for await (const message of stream) messages.push(message);
  return messages;
}
