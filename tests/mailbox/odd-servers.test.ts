import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { connectMailbox } from '../../server/services/mailbox/connect';
import { ImapConnection } from '../../server/services/mailbox/imap-connection';
import type { FetchedMessage, Mailbox, MessageEffects, MessageRef } from '../../server/services/mailbox/types';
import { inEnglish } from '../../shared/sentences/words';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { resultsInEnglish } from '../support/said';
import { scriptedImap, type Script, type ScriptedImap } from '../support/scripted-imap';

const mail = (subject: string): string => `Subject: ${subject}\r\n\r\nHello.\r\n`;
const refs = (...uids: number[]): MessageRef[] => uids.map((uid) => ({ uid: String(uid), size: 100, receivedAt: null }));
const everyone = (count: number, effects: MessageEffects['effects']): MessageEffects[] =>
  Array.from({ length: count }, (_, i) => ({ uid: String(i + 1), effects }));

async function drain(stream: AsyncIterable<FetchedMessage>): Promise<FetchedMessage[]> {
  const messages: FetchedMessage[] = [];
  for await (const message of stream) messages.push(message);
  return messages;
}

describe.skipIf(!hasDovecot())('Dovecot without', () => {
  const old = 'IMAP4rev1 SASL-IR LITERAL+ IDLE NAMESPACE';
  const servers: Dovecot[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));

  async function withMails(capability: string, ...subjects: string[]): Promise<[Dovecot, Mailbox]> {
    const server = await startDovecot({ capability });
    servers.push(server);
    for (const subject of subjects)
      await server.append('INBOX', mail(subject), subject.startsWith('marked') ? { flags: ['\\Deleted'] } : {});
    const mailbox = await connectMailbox(server.settings());
    await mailbox.open('INBOX');
    return [server, mailbox];
  }
  const subjects = async (server: Dovecot, folder: string): Promise<string[]> =>
    (await server.messages(folder)).map(({ source }) => source.split(/[\r\n ]+/)[1]!);

  test('MOVE: messages are copied and removed, and what others marked as deleted stays', async () => {
    const [server, mailbox] = await withMails(`${old} UIDPLUS`, 'one', 'marked', 'three');
    const results = await mailbox.apply(['1', '3'].map((uid) => ({ uid, effects: [{ type: 'move', folder: 'Done' }] })));
    await mailbox.close();

    expect(results).toEqual([
      { uid: '1', error: null },
      { uid: '3', error: null },
    ]);
    expect(await subjects(server, 'INBOX')).toEqual(['marked']);
    expect(await subjects(server, 'Done')).toEqual(['one', 'three']);
    expect((await server.messages('Done')).map(({ flags }) => flags)).toEqual([[], []]);
  }, 30_000);

  test('MOVE and UIDPLUS: nothing is expunged, the note says so, and a second try copies nothing twice', async () => {
    const [server, mailbox] = await withMails(old, 'one', 'marked', 'three');
    const effects: MessageEffects[] = [
      { uid: '1', effects: [{ type: 'move', folder: 'Done' }] },
      { uid: '3', effects: [{ type: 'delete' }] },
    ];
    const first = await mailbox.apply(effects);
    const second = await mailbox.apply(effects);
    await mailbox.close();

    const note = expect.stringContaining('no UIDPLUS');
    expect(resultsInEnglish(first)).toEqual([
      { uid: '1', error: null, note },
      { uid: '3', error: null, note },
    ]);
    expect(second).toEqual(first);
    expect(await subjects(server, 'INBOX')).toEqual(['one', 'marked', 'three']);
    expect((await server.messages('INBOX')).map(({ flags }) => flags)).toEqual([['\\Deleted'], ['\\Deleted'], ['\\Deleted']]);
    expect(await subjects(server, 'Done')).toEqual(['one']);
  }, 30_000);

  test('SPECIAL-USE: folders are listed, and the usual names are recognised', async () => {
    const [, mailbox] = await withMails(old);
    const folders = await mailbox.folders();
    await mailbox.close();

    expect(folders.find(({ path }) => path === 'Sent')).toMatchObject({ specialUse: '\\Sent', selectable: true });
  }, 30_000);
});

describe.skipIf(!hasDovecot())('Dovecot with a dot between folders', () => {
  let server: Dovecot;
  beforeAll(async () => {
    server = await startDovecot({ separator: '.', config: 'protocol imap {\n mail_max_userip_connections=50\n}' });
  }, 30_000);
  afterAll(() => server.stop());

  test('spells paths with it, and names in any script come through', async () => {
    await server.createFolder('Kunden.Müller & Söhne');
    const mailbox = await connectMailbox(server.settings());
    const folders = await mailbox.folders();
    await mailbox.open('INBOX');
    await server.append('Kunden.Müller & Söhne', mail('hello'));
    const opened = await mailbox.open('Kunden.Müller & Söhne');
    await mailbox.apply([{ uid: '1', effects: [{ type: 'move', folder: '完了.1月' }] }]);
    await mailbox.close();

    expect(folders).toContainEqual({
      path: 'Kunden.Müller & Söhne',
      name: 'Müller & Söhne',
      delimiter: '.',
      specialUse: null,
      selectable: true,
    });
    expect(folders).toContainEqual(expect.objectContaining({ path: 'Kunden', selectable: false }));
    expect(opened.path).toBe('Kunden.Müller & Söhne');
    expect(await server.messages('完了.1月')).toHaveLength(1);
  }, 30_000);

  test('tells a new UIDVALIDITY when a folder was removed and made again', async () => {
    await server.createFolder('Again');
    const mailbox = await connectMailbox(server.settings());
    const before = await mailbox.open('Again');
    await mailbox.open('INBOX');
    await new Promise((resolve) => setTimeout(resolve, 1100)); // Dovecot's UIDVALIDITY is a time in seconds
    await server.removeFolder('Again');
    await server.createFolder('Again');
    const after = await mailbox.open('Again');
    await mailbox.close();

    expect(after.uidValidity).not.toBe(before.uidValidity);
  }, 30_000);
});

describe('a server that', () => {
  const running: ScriptedImap[] = [];
  const open: Mailbox[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((mailbox) => mailbox.close()));
    await Promise.all(running.splice(0).map((server) => server.stop()));
  });

  async function play(script: Script): Promise<[Mailbox, ScriptedImap]> {
    const server = await scriptedImap(script);
    running.push(server);
    const mailbox = await connectMailbox(server.settings());
    open.push(mailbox);
    await mailbox.open('INBOX');
    server.received.length = 0;
    return [mailbox, server];
  }
  const row = (uid: number, source = mail(`number ${uid}`)): string => `* ${uid} FETCH (UID ${uid} BODY[] {${source.length}}\r\n${source})`;

  test('tells no UIDNEXT when a folder is opened is asked for it, or for its last message', async () => {
    const SELECT = ['* 3 EXISTS', '* OK [UIDVALIDITY 1] ok', '{tag} OK [READ-WRITE] selected'];
    const answers = { SELECT, 'UID STORE': '{tag} OK done' };
    const [asked] = await play({ answers: { ...answers, STATUS: ['* STATUS INBOX (UIDNEXT 8)', '{tag} OK done'] } });
    expect(await asked.open('INBOX')).toMatchObject({ uidNext: 8 });
    const FETCH = ['* 3 FETCH (UID 41 RFC822.SIZE 30)', '{tag} OK done'];
    const [refused] = await play({ answers: { ...answers, STATUS: '{tag} NO not now', FETCH, LIST: ['* LIST () "/" INBOX', '{tag} OK'] } });
    expect(await refused.open('INBOX')).toMatchObject({ uidNext: 42 });
  });

  test('finds nothing in a search up to `*` is asked up to a number', async () => {
    const search = ({ rest }: { rest: string }) => [rest.includes('*') ? '* SEARCH' : '* SEARCH 41', '{tag} OK done'];
    const FETCH = ['* 3 FETCH (UID 41 RFC822.SIZE 30)', '{tag} OK done'];
    const [mailbox] = await play({ answers: { 'UID SEARCH': search, 'UID FETCH': FETCH } });
    expect(await mailbox.list({ type: 'unread', afterUid: '40' })).toMatchObject([{ uid: '41' }]);
  });

  test.each([
    ['has no IDLE', { capability: 'IMAP4rev1' }, /does not tell of new email \(it has no IDLE\)/],
    ['is Courier', { greeting: '* OK Courier-IMAP ready. See COPYING for distribution information.' }, /^Courier.*IMAP_ENHANCEDIDLE=1/],
    ['is Cyrus', { capability: 'IMAP4rev1 IDLE ID', answers: { ID: ['* ID ("name" "Cyrus IMAPD")', '{tag} OK done'] } }, /^Cyrus.*idled/],
    ['is GNU imap4d', { greeting: '* OK IMAP4rev1' }, /only when it is asked again/],
  ])('%s is known to tell late of new email', async (_, script: Script, sentence) => {
    const [mailbox] = await play(script);
    expect(inEnglish(mailbox.slowNews!)).toMatch(sentence);
  });

  test('has IDLE is taken to be prompt, unless it is known to be slow', async () => {
    const [mailbox] = await play({});
    expect(mailbox.slowNews).toBeNull();
  });

  test('counts changes is not asked to: it would answer each message that is marked as read', async () => {
    const enabled: string[] = [];
    const answers = {
      ENABLE: ({ rest }: { rest: string }) => [`* ENABLED ${enabled[enabled.push(rest) - 1]}`, '{tag} OK done'],
      'UID FETCH': ['* 1 FETCH (UID 1 RFC822.SIZE 30)', '{tag} OK done'],
    };
    const [mailbox, server] = await play({ capability: 'IMAP4rev1 ENABLE CONDSTORE QRESYNC UTF8=ACCEPT', answers });
    await mailbox.list({ type: 'afterUid', uid: '0' });
    expect(enabled).toEqual(['UTF8=ACCEPT']);
    expect(server.received).toEqual(['UID FETCH 1:* (UID INTERNALDATE RFC822.SIZE)']);
  });

  test('gets one STORE and one MOVE for each folder, however many messages there are', async () => {
    const [mailbox, server] = await play({ answers: { 'UID STORE': '{tag} OK done', 'UID MOVE': '{tag} OK done' } });
    const effects = everyone(1000, [{ type: 'seen' }]).map(({ uid }) => ({
      uid,
      effects: [{ type: 'seen' as const }, { type: 'move' as const, folder: Number(uid) <= 500 ? 'A' : 'B' }],
    }));

    expect((await mailbox.apply(effects)).every(({ error }) => error === null)).toBe(true);
    expect(server.received).toEqual(['UID STORE 1:1000 +FLAGS.SILENT (\\Seen)', 'UID MOVE 1:500 A', 'UID MOVE 501:1000 B']);
  });

  /** UIDs of messages that are there, and a server that lists those that a command names. */
  async function listing(uids: number[], uidNext: number) {
    const named = ({ rest }: { rest: string }) => {
      const ranges = rest
        .split(' ')[0]!
        .split(',')
        .map((range) => range.split(':'));
      const numbers = ranges.map(([from, to = from]) => [Number(from), to === '*' ? Math.max(Number(from), uids.at(-1)!) : Number(to)]);
      // `600:*` names the last message, also where that is before 600.
      const isNamed = (uid: number) =>
        numbers.some(([from, to]) => uid >= from! && uid <= to!) || (rest.includes(':*') && uid === uids.at(-1));
      return uids.filter(isNamed);
    };
    const SELECT = [`* ${uids.length} EXISTS`, '* OK [UIDVALIDITY 1] ok', `* OK [UIDNEXT ${uidNext}] ok`, '{tag} OK [READ-WRITE] selected'];
    const fetched = (command: { rest: string }) => [
      ...named(command).map((uid) => `* ${uids.indexOf(uid) + 1} FETCH (UID ${uid} RFC822.SIZE 30)`),
      '{tag} OK done',
    ];
    const found = () => [`* SEARCH ${uids.join(' ')}`, '{tag} OK done'];
    return play({ answers: { SELECT, 'UID FETCH': fetched, 'UID SEARCH': found } });
  }
  const rangesOf = ({ received }: ScriptedImap) =>
    received.filter((line) => line.startsWith('UID FETCH')).map((line) => line.split(' ')[2]);
  const upTo = (last: number, isThere = (_uid: number) => true) => Array.from({ length: last }, (_, index) => index + 1).filter(isThere);

  test.each([
    ['is asked for the news as a whole where they are few', upTo(500), 501, ['1:*']],
    ['is asked for them in slices where they are many', upTo(1_100), 1_101, ['1:500', '501:1000', '1001:*']],
    ['lists each once where the last slice is empty', upTo(1_000, (uid) => uid <= 700), 1_101, ['1:500', '501:1000', '1001:*']],
    ['is asked as a whole where most of the numbers are gone', [4, 90_000], 90_001, ['1:*']],
  ])('%s', async (_, uids, uidNext, ranges) => {
    const [mailbox, server] = await listing(uids, uidNext);
    expect((await mailbox.list({ type: 'afterUid', uid: '0' })).map(({ uid }) => Number(uid))).toEqual(uids);
    expect(rangesOf(server)).toEqual(ranges);
  });

  test('has found many is asked about them in slices', async () => {
    const [mailbox, server] = await listing(upTo(1_100), 1_101);
    expect(await mailbox.list({ type: 'unread' })).toHaveLength(1_100);
    expect(rangesOf(server)).toEqual(['1:500', '501:1000', '1001:1100']);
  });

  test('never gets a line longer than 8,192 octets for messages that lie scattered', async () => {
    const [mailbox, server] = await play({ answers: { 'UID STORE': '{tag} OK done' } });
    const scattered = Array.from({ length: 5000 }, (_, i) => ({
      uid: String(4_000_000_000 - 2 * i),
      effects: [{ type: 'seen' as const }],
    }));
    await mailbox.apply(scattered);

    expect(server.received.length).toBeGreaterThan(5);
    expect(Math.max(...server.received.map(({ length }) => length))).toBeLessThan(8_000);
    const named = server.received.flatMap((line) => line.split(' ')[2]!.split(','));
    expect(new Set(named).size).toBe(5000);
  });

  test('refuses one message of a hundred gets the others in a few commands', async () => {
    const [mailbox, server] = await play({
      answers: {
        'UID MOVE': ({ rest }) => (within(rest, 37) ? '{tag} NO [LIMIT-OF-SOMETHING] message 37 is locked' : '{tag} OK done'),
        CREATE: '{tag} NO [ALREADYEXISTS] it is there',
      },
    });
    const results = await mailbox.apply(everyone(100, [{ type: 'move', folder: 'A' }]));

    expect(resultsInEnglish(results).filter(({ error }) => error !== null)).toEqual([
      { uid: '37', error: 'The mail server refused to move the message to "A": message 37 is locked' },
    ]);
    expect(server.received.length).toBeLessThan(20);
  });

  test('lets nobody create a folder is asked once, not once a message', async () => {
    const [mailbox, server] = await play({
      answers: { 'UID MOVE': '{tag} NO [TRYCREATE] no such folder', CREATE: '{tag} NO [NOPERM] not yours' },
    });
    const results = await mailbox.apply(everyone(100, [{ type: 'move', folder: 'A' }]));

    expect(new Set(resultsInEnglish(results).map(({ error }) => error))).toEqual(
      new Set(['The mail server refused to move the message to "A": the folder cannot be created (not yours)']),
    );
    expect(server.received).toEqual(['UID MOVE 1:100 A', 'CREATE A']);
  });

  test('opens a folder for reading only fails effects with that reason', async () => {
    const [mailbox] = await play({
      answers: {
        SELECT: ['* 1 EXISTS', '* OK [UIDVALIDITY 1] ok', '* OK [PERMANENTFLAGS ()] none', '{tag} OK [READ-ONLY] selected'],
        'UID STORE': '{tag} NO read only',
      },
    });

    expect(resultsInEnglish(await mailbox.apply(everyone(1, [{ type: 'seen' }])))).toEqual([
      { uid: '1', error: expect.stringContaining('may only be read') },
    ]);
  });

  test('dies in the middle of a FETCH gives what had come, and then says that the connection was lost', async () => {
    const [mailbox] = await play({
      answers: {
        'UID FETCH': ({ send, socket }) => {
          send(row(1), row(2), '* 3 FETCH (UID 3 BODY[] {5000}\r\nSubject: cut');
          setTimeout(() => socket.destroy(), 20);
        },
      },
    });
    const got: string[] = [];
    const reading = (async () => {
      for await (const { ref } of mailbox.fetch(refs(1, 2, 3), { maxBytes: 1e6 })) got.push(ref.uid);
    })();

    await expect(reading).rejects.toMatchObject({ name: 'MailboxError', code: 'connectionLost' });
    expect(got).toEqual(['1', '2']);
    await expect(mailbox.list({ type: 'unread' })).rejects.toMatchObject({ code: 'connectionLost' });
  });

  test('leaves messages out of its answer is asked again for those that are there, and what it keeps back is told', async () => {
    const [mailbox] = await play({
      answers: {
        'UID FETCH': ({ rest }) => {
          // All three are there when it is asked which ones are.
          if (!rest.includes('BODY')) return [1, 2, 3].map((uid) => `* ${uid} FETCH (UID ${uid} RFC822.SIZE 30)`).concat('{tag} OK done');
          // The second one comes when it is asked for alone, the third one never; a fourth one was expunged.
          return [row(1), ...(rest.startsWith('2 ') ? [row(2)] : []), '{tag} OK done'];
        },
      },
    });
    const got = await drain(mailbox.fetch(refs(1, 2, 3, 4), { maxBytes: 1e6 }));
    expect(got.map(({ ref, refused }) => [ref.uid, refused])).toEqual([
      ['1', undefined],
      ['2', undefined],
      ['3', 'it left the message out of its answer'],
    ]);
  });

  test('dies between two commands is reported by the next one, without an unhandled error', async () => {
    const [mailbox, server] = await play({});
    await server.stop();
    await new Promise((resolve) => setTimeout(resolve, 20));

    await expect(mailbox.list({ type: 'unread' })).rejects.toMatchObject({ code: 'connectionLost' });
    await expect(mailbox.apply(everyone(1, [{ type: 'seen' }]))).rejects.toMatchObject({ code: 'connectionLost' });
    await expect(mailbox.folders()).rejects.toMatchObject({ code: 'connectionLost' });
    await mailbox.close();
  });

  test('says BYE during a command has its reason passed on', async () => {
    const [mailbox] = await play({
      answers: {
        'UID SEARCH': ({ send, socket }) => {
          send('* BYE Server shutting down for maintenance');
          socket.end();
        },
      },
    });

    await expect(mailbox.list({ type: 'unread' })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('shutting down for maintenance'),
    });
  });

  test('cannot read one message back gives the others, and the reason for the one', async () => {
    const [mailbox] = await play({
      answers: {
        'UID FETCH': ({ rest, send, tag }) => {
          const wanted = [1, 2, 3].filter((uid) => within(rest, uid));
          send(...wanted.filter((uid) => uid === 1 || (uid === 3 && wanted.length === 1)).map((uid) => row(uid)));
          send(wanted.includes(2) ? `${tag} NO [SERVERBUGS] cannot read message 2` : `${tag} OK done`);
        },
      },
    });
    const fetched = await drain(mailbox.fetch(refs(1, 2, 3), { maxBytes: 1e6 }));

    expect(fetched.map(({ ref, refused }) => [ref.uid, refused])).toEqual([
      ['1', undefined],
      ['2', 'cannot read message 2'],
      ['3', undefined],
    ]);
  });

  test.each([
    ['moves', 'IMAP4rev1 UIDPLUS MOVE', 'UID MOVE'],
    ['copies', 'IMAP4rev1 UIDPLUS', 'UID COPY'],
  ])('has no room for what it %s says so of these messages, and the others are marked and deleted', async (_, capability, command) => {
    const answers = {
      [command]: '{tag} NO [OVERQUOTA] Quota exceeded (mailbox for user is full)',
      'UID FETCH': ['* 1 FETCH (UID 1 FLAGS ())', '* 2 FETCH (UID 2 FLAGS ())', '{tag} OK done'],
      'UID STORE': '{tag} OK done',
      'UID EXPUNGE': '{tag} OK done',
    };
    const [mailbox, server] = await play({ capability, answers });
    const move: MessageEffects['effects'] = [{ type: 'seen' }, { type: 'move', folder: 'Done' }];
    const results = await mailbox.apply([
      { uid: '1', effects: move },
      { uid: '2', effects: move },
      { uid: '3', effects: [{ type: 'delete' }] },
    ]);
    const error = expect.stringContaining('Quota exceeded (mailbox for user is full)');
    expect(resultsInEnglish(results)).toEqual([
      { uid: '1', error },
      { uid: '2', error },
      { uid: '3', error: null },
    ]);
    // Not once more for each message: there is no room for any.
    expect(server.received.filter((each) => each.startsWith(command))).toHaveLength(1);
    expect(server.received).toContain('UID EXPUNGE 3');
  });

  test('has had enough commands says the same code, and that is a throttle', async () => {
    const [mailbox] = await play({
      answers: { 'UID MOVE': '{tag} NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)' },
    });
    await expect(mailbox.apply(everyone(1, [{ type: 'move', folder: 'Done' }]))).rejects.toMatchObject({ code: 'throttled' });
  });

  test('throttles in the middle of the work says so', async () => {
    const [mailbox] = await play({
      answers: {
        'UID SEARCH': '{tag} BAD Request is throttled. Suggested Backoff Time: 30 milliseconds',
        'UID STORE': '{tag} NO [THROTTLED] Slow down',
      },
    });

    await expect(mailbox.list({ type: 'unread' })).rejects.toMatchObject({ code: 'throttled' });
    await expect(mailbox.apply(everyone(1, [{ type: 'seen' }]))).rejects.toMatchObject({ code: 'throttled' });
  });

  test('refuses to search has its words passed on', async () => {
    const [mailbox] = await play({ answers: { 'UID SEARCH': '{tag} BAD Unknown search key' } });

    await expect(mailbox.list({ type: 'unread' })).rejects.toMatchObject({
      code: 'protocol',
      message: expect.stringContaining('Unknown search key'),
    });
  });

  test('lives in another time zone is asked a day earlier, because SEARCH compares its own dates', async () => {
    const [mailbox, server] = await play({
      answers: {
        'UID SEARCH': ['* SEARCH 1 2', '{tag} OK done'],
        'UID FETCH': [
          '* 1 FETCH (UID 1 RFC822.SIZE 100 INTERNALDATE "04-May-2026 22:59:59 -0500")',
          '* 2 FETCH (UID 2 RFC822.SIZE 100 INTERNALDATE "04-May-2026 23:00:00 -0500")',
          '{tag} OK done',
        ],
      },
    });
    const listed = await mailbox.list({ type: 'since', since: new Date('2026-05-05T04:00:00Z') });

    expect(server.received[0]).toBe('UID SEARCH SINCE 04-May-2026');
    expect(listed).toEqual([{ uid: '2', size: 100, receivedAt: '2026-05-05T04:00:00.000Z' }]);
  });

  test('goes silent is given up after a while, and the waiting command says why', async () => {
    const server = await scriptedImap({ answers: { STATUS: () => undefined } });
    running.push(server);
    const connection = await ImapConnection.open(server.settings(), { socketTimeout: 100 });

    await expect(connection.run((client) => client.status('INBOX', { messages: true }))).rejects.toMatchObject({
      name: 'MailboxError',
      code: 'timeout',
    });
    await connection.close();
  });

  test('has much left to send when the reader has had enough is left without delay', async () => {
    const [mailbox] = await play({ answers: { 'UID FETCH': ({ send }) => send(row(1), row(2)) } });
    for await (const message of mailbox.fetch(refs(1, 2, 3), { maxBytes: 1e6 })) if (message) break;
    const before = Date.now();
    await mailbox.close();

    expect(Date.now() - before).toBeLessThan(1_000);
  });

  test('slips news of other messages into its answers confuses nobody', async () => {
    const [mailbox] = await play({
      answers: {
        'UID SEARCH': ['* SEARCH 1 2', '{tag} OK done'],
        'UID FETCH': ({ rest, send, tag }) => {
          const news = ['* 5 EXISTS', '* 2 FETCH (FLAGS (\\Seen))', '* 9 FETCH (UID 9 FLAGS (\\Answered))'];
          const rows = rest.includes('BODY')
            ? [row(1), row(2), row(2)]
            : ['* 1 FETCH (UID 1 RFC822.SIZE 100)', '* 2 FETCH (UID 2 RFC822.SIZE 100)'];
          send(...news, ...rows, ...news, `${tag} OK done`);
        },
      },
    });
    const listed = await mailbox.list({ type: 'unread' });

    expect(listed).toEqual(refs(1, 2));
    expect((await drain(mailbox.fetch(listed, { maxBytes: 1e6 }))).map(({ ref }) => ref.uid)).toEqual(['1', '2']);
  });

  test('claims a smaller size than it delivers cannot get past the limit', async () => {
    const [mailbox] = await play({ answers: { 'UID FETCH': ({ send, tag }) => send(row(1, 'x'.repeat(400_000)), `${tag} OK done`) } });
    const [message] = await drain(mailbox.fetch(refs(1), { maxBytes: 300_000 }));

    expect(message).toMatchObject({ truncated: true });
    expect(message!.source.length).toBe(256 * 1024);
  });

  test('has more to send than the reader takes is held back, so that memory stays small', async () => {
    const count = 200;
    const source = 'x'.repeat(100_000);
    let sent = 0;
    const [mailbox] = await play({
      answers: {
        'UID FETCH': async ({ send, socket, tag }) => {
          for (let uid = 1; uid <= count; uid++, sent++) {
            send(row(uid, source));
            if (socket.writableNeedDrain) await new Promise((resolve) => socket.once('drain', resolve));
          }
          send(`${tag} OK done`);
        },
      },
    });
    let sentMeanwhile = 0;
    let got = 0;
    for await (const message of mailbox.fetch(refs(...Array.from({ length: count }, (_, i) => i + 1)), { maxBytes: 1e6 })) {
      if (++got > 1) continue;
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(message.source.length).toBe(100_000);
      sentMeanwhile = sent;
    }

    expect(got).toBe(count);
    // What the sockets of this machine buffer, and a few messages.
    expect(sentMeanwhile).toBeLessThan(count / 2);
  }, 20_000);

  test('puts its folders under INBOX has targets spelled without that prefix found there', async () => {
    const [mailbox, server] = await play({
      answers: {
        NAMESPACE: ['* NAMESPACE (("INBOX." ".")) NIL NIL', '{tag} OK done'],
        LIST: ['* LIST () "." INBOX', '* LIST () "." INBOX.Done', '{tag} OK done'],
        'UID MOVE': '{tag} OK done',
      },
    });
    await mailbox.apply([{ uid: '1', effects: [{ type: 'move', folder: 'Done' }] }]);
    expect((await mailbox.open('Done')).path).toBe('INBOX.Done');
    await mailbox.apply([{ uid: '1', effects: [{ type: 'move', folder: 'Done' }] }]);

    expect(server.received.filter((line) => line.startsWith('UID MOVE'))).toEqual(['UID MOVE 1 INBOX.Done']);
  });

  test('has 10,000 folders lists them all, quickly', async () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `"Archive.${i % 100}.Folder ${i}"`);
    const [mailbox] = await play({ answers: { LIST: [...names.map((name) => `* LIST (\\HasNoChildren) "." ${name}`), '{tag} OK done'] } });
    const started = Date.now();
    const folders = await mailbox.folders();

    // INBOX is not listed by that server, but every server has one.
    expect(folders.length).toBeGreaterThanOrEqual(10_000);
    expect(folders).toContainEqual({
      path: 'Archive.7.Folder 4207',
      name: 'Folder 4207',
      delimiter: '.',
      specialUse: null,
      selectable: true,
    });
    expect(Date.now() - started).toBeLessThan(5_000);
  }, 20_000);
});

/** Whether a set at the beginning of a command's arguments names this UID. */
function within(rest: string, uid: number): boolean {
  return rest
    .split(' ')[0]!
    .split(',')
    .some((range) => {
      const [from, to = from] = range.split(':').map(Number);
      return from! <= uid && uid <= to!;
    });
}
