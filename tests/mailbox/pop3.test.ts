import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { connectMailbox } from '../../server/services/mailbox/connect';
import { connectPop3 } from '../../server/services/mailbox/pop3';
import type { FetchedMessage, Mailbox, MailboxSettings } from '../../server/services/mailbox/types';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { loopback, testPassword } from '../support/mail-server';
import { resultsInEnglish } from '../support/said';

const mail = (subject: string, text = 'Hello.'): string => `From: Ann <ann@example.com>\r\nSubject: ${subject}\r\n\r\n${text}\r\n`;
const subjectOf = (source: Uint8Array): string => /^Subject: (.*)\r$/m.exec(Buffer.from(source).toString())?.[1] ?? '';

async function drain(stream: AsyncIterable<FetchedMessage>): Promise<FetchedMessage[]> {
  const messages: FetchedMessage[] = [];
  for await (const message of stream) messages.push(message);
  return messages;
}

describe.skipIf(!hasDovecot())("a POP3 mailbox on Dovecot's POP3", () => {
  let server: Dovecot;
  let user: string;
  let count = 0;
  const open: Mailbox[] = [];

  beforeAll(async () => {
    server = await startDovecot();
  }, 30_000);
  afterAll(() => server.stop());
  afterEach(() => Promise.all(open.splice(0).map((mailbox) => mailbox.close())));

  // Each test has a mailbox of its own.
  beforeEach(() => void (user = `user${++count}@example.com`));
  const settings = (overrides?: Partial<MailboxSettings>): MailboxSettings =>
    server.settings({ protocol: 'pop3', port: server.pop3Port, username: user, ...overrides });
  const connect = async (overrides?: Partial<MailboxSettings>): Promise<Mailbox> => {
    const mailbox = await connectMailbox(settings(overrides));
    open.push(mailbox);
    await mailbox.open('INBOX');
    return mailbox;
  };
  const put = (...subjects: string[]): Promise<void> =>
    server.appendAll(
      'INBOX',
      subjects.map((subject) => mail(subject)),
      { user },
    );
  const subjects = async (): Promise<string[]> =>
    (await server.messages('INBOX', user)).map(({ source }) => subjectOf(Buffer.from(source)));

  test('says what POP3 cannot do, and that there is only INBOX', async () => {
    const mailbox = await connect();

    expect(mailbox.capabilities).toEqual({ folders: false, readFlags: false, move: false, push: false });
    expect(mailbox.serverCapabilities).toEqual(expect.arrayContaining(['UIDL', 'TOP', 'PIPELINING']));
    expect(await mailbox.folders()).toEqual([{ path: 'INBOX', name: 'INBOX', delimiter: '/', specialUse: null, selectable: true }]);
    expect(await mailbox.open('inbox')).toEqual({ path: 'INBOX', uidValidity: '', uidNext: null });
    await expect(mailbox.open('Sent')).rejects.toMatchObject({
      code: 'folderMissing',
      message: expect.stringContaining('only knows INBOX'),
    });
  });

  test('lists messages by UIDLs that stay the same from visit to visit', async () => {
    await put('one', 'two', 'three');
    const mailbox = await connect();
    const refs = await mailbox.list({ type: 'unread' });
    await mailbox.close();
    const again = await connect();

    expect(refs.map(({ size, receivedAt }) => ({ size, receivedAt }))).toEqual(
      ['one', 'two', 'three'].map((subject) => ({ size: mail(subject).length, receivedAt: null })),
    );
    expect(new Set(refs.map(({ uid }) => uid)).size).toBe(3);
    expect(await again.list({ type: 'unread' })).toEqual(refs);
    expect(await again.list({ type: 'since', since: new Date() })).toEqual(refs);
    expect(await again.list({ type: 'afterUid', uid: refs[0]!.uid })).toEqual(refs.slice(1));
    expect(await again.list({ type: 'afterUid', uid: refs[2]!.uid })).toEqual([]);
    expect(await again.list({ type: 'afterUid', uid: 'gone-long-ago' })).toEqual(refs);
    expect(await again.list({ type: 'newest', limit: 2 })).toEqual(refs.slice(1));
  });

  test('is empty when there is nothing', async () => {
    const mailbox = await connect();

    expect(await mailbox.list({ type: 'unread' })).toEqual([]);
    expect(await drain(mailbox.fetch([], { maxBytes: 1000 }))).toEqual([]);
    expect(await mailbox.apply([])).toEqual([]);
  });

  test('fetches every byte as it was received', async () => {
    const source = Buffer.concat([
      Buffer.from('Subject: raw\r\n\r\n.\r\n..two dots\r\n.\r\n'),
      Buffer.from([0xff, 0x80, 0xe9]),
      Buffer.from('\r\n.\r\n'),
    ]);
    await server.append('INBOX', source, { user });
    const mailbox = await connect();
    const [message] = await drain(mailbox.fetch(await mailbox.list({ type: 'unread' }), { maxBytes: 1e6 }));

    expect(Buffer.from(message!.source).toString('latin1')).toBe(source.toString('latin1'));
    expect(message).toMatchObject({ truncated: false });
  });

  test('fetches many messages in the order given', async () => {
    const all = Array.from({ length: 60 }, (_, i) => `number ${i}`);
    await put(...all);
    const mailbox = await connect();
    const refs = (await mailbox.list({ type: 'unread' })).reverse();
    const fetched = await drain(mailbox.fetch(refs, { maxBytes: 1e6 }));

    expect(fetched.map(({ ref }) => ref)).toEqual(refs);
    expect(fetched.map(({ source }) => subjectOf(source))).toEqual(all.reverse());
  });

  test('a message above the limit comes as its beginning, between whole neighbours', async () => {
    await put('before');
    await server.append('INBOX', mail('huge', `${'x'.repeat(76)}\r\n`.repeat(10_000)), { user });
    await put('after');
    const mailbox = await connect();
    const fetched = await drain(mailbox.fetch(await mailbox.list({ type: 'unread' }), { maxBytes: 600_000 }));

    expect(fetched.map(({ source, truncated }) => [subjectOf(source), truncated])).toEqual([
      ['before', false],
      ['huge', true],
      ['after', false],
    ]);
    expect(fetched[1]!.source.length).toBe(256 * 1024);
  });

  test('fetching can be left early, and the mailbox goes on working', async () => {
    await put('one', 'two', 'three', 'four');
    const mailbox = await connect();
    const refs = await mailbox.list({ type: 'unread' });
    for await (const { ref } of mailbox.fetch(refs, { maxBytes: 1e6 })) if (ref === refs[1]) break;

    expect((await drain(mailbox.fetch(refs.slice(0, 2), { maxBytes: 1e6 }))).map(({ source }) => subjectOf(source))).toEqual([
      'one',
      'two',
    ]);
  });

  test('deletes exactly the messages named, at once, and goes on', async () => {
    await put('one', 'two', 'three');
    const mailbox = await connect();
    const [one, two, three] = await mailbox.list({ type: 'unread' });
    const results = await mailbox.apply([
      { uid: one!.uid, effects: [{ type: 'seen' }, { type: 'delete' }] },
      { uid: two!.uid, effects: [{ type: 'seen' }] },
    ]);

    expect(results).toEqual([
      { uid: one!.uid, error: null },
      { uid: two!.uid, error: null },
    ]);
    expect(await subjects()).toEqual(['two', 'three']);
    expect(await mailbox.list({ type: 'unread' })).toEqual([two, three]);
    expect(await mailbox.apply([{ uid: one!.uid, effects: [{ type: 'delete' }] }])).toEqual([{ uid: one!.uid, error: null }]);
  });

  test('deletes nothing without being asked to', async () => {
    await put('one');
    const mailbox = await connect();
    await drain(mailbox.fetch(await mailbox.list({ type: 'unread' }), { maxBytes: 1e6 }));
    await mailbox.close();

    expect(await subjects()).toEqual(['one']);
  });

  test('says why it cannot move', async () => {
    await put('one');
    const mailbox = await connect();
    const [one] = await mailbox.list({ type: 'unread' });

    expect(resultsInEnglish(await mailbox.apply([{ uid: one!.uid, effects: [{ type: 'move', folder: 'Done' }] }]))).toEqual([
      { uid: one!.uid, error: expect.stringContaining('only one folder') },
    ]);
    expect(await subjects()).toEqual(['one']);
  });

  test('works over SSL and after STLS, and checks the certificate there', async () => {
    await put('one');
    for (const overrides of [{ port: server.pop3sPort, encryption: 'ssl' as const }, { encryption: 'starttls' as const }]) {
      const mailbox = await connect(overrides);
      expect((await drain(mailbox.fetch(await mailbox.list({ type: 'unread' }), { maxBytes: 1e6 }))).length).toBe(1);
      await mailbox.close();
      await expect(connect({ ...overrides, validateCertificate: true })).rejects.toMatchObject({ code: 'certificateInvalid' });
    }
  });

  test('tells a wrong password, without repeating it', async () => {
    const error = await connect({ credential: { type: 'password', password: 'tr0ub4dor' } }).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({
      name: 'MailboxError',
      code: 'authenticationFailed',
      message: expect.stringContaining("Couldn't connect to POP3 server 127.0.0.1"),
    });
    expect(String(error)).not.toContain('tr0ub4dor');
  });

  test('tells that a port does not speak SSL', async () => {
    expect(await connect({ encryption: 'ssl' }).catch((error: unknown) => error)).toMatchObject({ code: 'tlsFailed' });
  });
});

describe('a POP3 server that', () => {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  afterEach(() => {
    sockets.forEach((socket) => socket.destroy());
    servers.splice(0).forEach((server) => server.close());
  });

  type Answer = string | ((socket: Socket) => string | void);
  const usual: Record<string, Answer> = {
    CAPA: '-ERR what?',
    USER: '+OK',
    PASS: '+OK',
    LIST: '+OK\r\n1 100\r\n.',
    UIDL: '+OK\r\n1 aaa\r\n.',
    QUIT: '+OK bye',
  };

  /** Answers by the first word of a line, or by the whole of it. `pieces` sends answers byte by byte. */
  async function play(
    answers: Record<string, Answer>,
    { greeting = '+OK ready', pieces = false } = {},
  ): Promise<{ settings: MailboxSettings; received: string[] }> {
    const received: string[] = [];
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => {}));
      const say = async (text: string): Promise<void> => {
        for (const piece of pieces ? [...text] : [text]) {
          socket.write(piece, 'latin1');
          if (pieces) await new Promise(setImmediate);
        }
      };
      socket.setNoDelay(true);
      let saying = say(`${greeting}\r\n`);
      let buffered = '';
      socket.on('data', (chunk) => {
        buffered += chunk.toString('latin1');
        const lines = buffered.split('\r\n');
        buffered = lines.pop()!;
        for (const line of lines) {
          received.push(line);
          const all = { ...usual, ...answers };
          const answer = all[line] ?? all[line.split(' ')[0]!] ?? '-ERR unknown';
          const text = typeof answer === 'function' ? answer(socket) : answer;
          if (text !== undefined) saying = saying.then(() => say(`${text}\r\n`));
        }
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, loopback, resolve));
    return {
      received,
      settings: {
        protocol: 'pop3',
        host: loopback,
        port: (server.address() as AddressInfo).port,
        encryption: 'none',
        validateCertificate: true,
        username: 'ann@example.com',
        credential: { type: 'password', password: testPassword },
      },
    };
  }
  const token: MailboxSettings['credential'] = { type: 'accessToken', accessToken: `eyJ0.${'x'.repeat(2500)}` };

  test('has no CAPA is spoken to in the oldest way', async () => {
    const { settings, received } = await play({ 'RETR 1': '+OK\r\nSubject: old\r\n\r\nhi\r\n.' });
    const mailbox = await connectMailbox(settings);
    const fetched = await drain(mailbox.fetch(await mailbox.list({ type: 'unread' }), { maxBytes: 1000 }));
    await mailbox.close();

    expect(fetched.map(({ source }) => subjectOf(source))).toEqual(['old']);
    expect(received).toEqual(['CAPA', 'USER ann@example.com', 'PASS secret', 'CAPA', 'LIST', 'UIDL', 'RETR 1', 'QUIT']);
  });

  test('sends its answers byte by byte is understood', async () => {
    const { settings } = await play(
      { CAPA: '+OK\r\nUIDL\r\nPIPELINING\r\n.', 'RETR 1': '+OK\r\nSubject: slow\r\n\r\n..dot\r\n.' },
      { pieces: true },
    );
    const mailbox = await connectMailbox(settings);
    const [message] = await drain(mailbox.fetch(await mailbox.list({ type: 'unread' }), { maxBytes: 1000 }));
    await mailbox.close();

    expect(Buffer.from(message!.source).toString()).toBe('Subject: slow\r\n\r\n.dot\r\n');
  });

  test('speaks XOAUTH2 gets the token after its "+", not on the command line', async () => {
    const { settings, received } = await play({
      CAPA: '+OK\r\nSASL PLAIN XOAUTH2\r\nUIDL\r\n.',
      'AUTH XOAUTH2': '+ ',
      [Buffer.from(`user=support@example.com\x01auth=Bearer ${token.accessToken}\x01\x01`).toString('base64')]: '+OK',
    });
    const mailbox = await connectMailbox({ ...settings, username: 'support@example.com', credential: token });
    await mailbox.close();

    expect(received.slice(0, 2)).toEqual(['CAPA', 'AUTH XOAUTH2']);
  });

  test('refuses a token is answered with an empty line, and the error speaks of the authorization', async () => {
    const reason = Buffer.from('{"status":"401"}').toString('base64');
    const encoded = Buffer.from(`user=ann@example.com\x01auth=Bearer ${token.accessToken}\x01\x01`).toString('base64');
    const { settings } = await play({ 'AUTH XOAUTH2': '+ ', [encoded]: `+ ${reason}`, '': '-ERR [AUTH] Authentication failed' });
    const error = await connectMailbox({ ...settings, credential: token }).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({
      code: 'authenticationFailed',
      message: expect.stringMatching(/Make a new authorization.*"Authentication failed"/),
    });
    expect(String(error)).not.toContain('eyJ0');
  });

  test('takes SASL PLAIN gets it', async () => {
    const { settings, received } = await play({
      CAPA: '+OK\r\nSASL PLAIN\r\nUIDL\r\n.',
      'AUTH PLAIN': '+ ',
      [Buffer.from('\0ann@example.com\0secret').toString('base64')]: '+OK',
    });
    await (await connectMailbox(settings)).close();

    expect(received).not.toContain('PASS secret');
  });

  test.each([
    ['-ERR [SYS/TEMP] Try later', 'unavailable'],
    ['-ERR [IN-USE] Mailbox is locked', 'unavailable'],
    ['-ERR [LOGIN-DELAY] Too soon', 'throttled'],
    ['-ERR [AUTH] Invalid password', 'authenticationFailed'],
    ['-ERR no', 'authenticationFailed'],
  ])('answers %s to the password is understood as %s', async (answer, code) => {
    const { settings } = await play({ PASS: answer });

    await expect(connectMailbox(settings)).rejects.toMatchObject({ name: 'MailboxError', code });
  });

  test('has no STLS does not get the password in the clear', async () => {
    const { settings, received } = await play({});

    await expect(connectMailbox({ ...settings, encryption: 'starttls' })).rejects.toMatchObject({ code: 'starttlsUnavailable' });
    expect(received.join()).not.toContain('USER');
  });

  test('slips something in before the encryption begins is not trusted', async () => {
    const { settings } = await play({ STLS: '+OK\r\n+OK injected' });

    await expect(connectMailbox({ ...settings, encryption: 'starttls' })).rejects.toMatchObject({ code: 'tlsFailed' });
  });

  test('gives several messages one UIDL has all of them fetched, and a name for each that stays', async () => {
    const { settings } = await play({
      LIST: '+OK\r\n1 10\r\n2 20\r\n3 20\r\n4 5\r\n.',
      UIDL: '+OK\r\n1 same\r\n2 same\r\n3 same\r\n4 other\r\n.',
      ...Object.fromEntries([1, 2, 3, 4].map((n) => [`RETR ${n}`, `+OK\r\nSubject: number ${n}\r\n\r\n.`])),
    });
    const mailbox = await connectMailbox(settings);
    await mailbox.open('INBOX');
    const refs = await mailbox.list({ type: 'unread' });
    expect(refs.map(({ uid }) => uid)).toEqual(['same 10', 'same 20', 'same 20 2', 'other']);
    expect((await drain(mailbox.fetch(refs, { maxBytes: 1e6 }))).map(({ source }) => subjectOf(source))).toEqual([
      'number 1',
      'number 2',
      'number 3',
      'number 4',
    ]);
    await mailbox.close();
  });

  test('offers UTF8 is asked for it before the sign-in, and may refuse', async () => {
    for (const UTF8 of ['+OK', '-ERR not now']) {
      const { settings, received } = await play({ CAPA: '+OK\r\nUIDL\r\nUTF8 USER\r\n.', UTF8 });
      await (await connectMailbox(settings)).close();
      expect(received.slice(0, 4)).toEqual(['CAPA', 'UTF8', 'USER ann@example.com', 'PASS secret']);
    }
  });

  test('has no UIDL is refused, because messages could not be told apart', async () => {
    const { settings } = await play({ UIDL: '-ERR unknown' });

    await expect(connectMailbox(settings)).rejects.toMatchObject({ code: 'protocol', message: expect.stringContaining('has no UIDL') });
  });

  test('speaks another protocol is not understood', async () => {
    const { settings } = await play({}, { greeting: '220 smtp.example.com ESMTP' });

    await expect(connectMailbox(settings)).rejects.toMatchObject({
      code: 'protocol',
      message: expect.stringContaining('220 smtp.example.com'),
    });
  });

  test('cannot read one message back gives the others, and the reason for the one', async () => {
    const { settings } = await play({
      LIST: '+OK\r\n1 9\r\n2 9\r\n3 9\r\n.',
      UIDL: '+OK\r\n1 a\r\n2 b\r\n3 c\r\n.',
      CAPA: '+OK\r\nPIPELINING\r\n.',
      'RETR 1': '+OK\r\none\r\n.',
      'RETR 2': '-ERR [SYS/PERM] broken',
      'RETR 3': '+OK\r\nthree\r\n.',
    });
    const mailbox = await connectMailbox(settings);
    const fetched = await drain(mailbox.fetch(await mailbox.list({ type: 'unread' }), { maxBytes: 1000 }));
    await mailbox.close();

    expect(fetched.map(({ ref, source, refused }) => [ref.uid, Buffer.from(source).toString(), refused])).toEqual([
      ['a', 'one\r\n', undefined],
      ['b', '', 'broken'],
      ['c', 'three\r\n', undefined],
    ]);
  });

  test('refuses what another session has renamed is asked again in a new session', async () => {
    let asked = 0;
    const { settings } = await play({
      'RETR 1': (socket) => void socket.write((asked += 1) === 1 ? '-ERR it is gone\r\n' : '+OK\r\none\r\n.\r\n'),
    });
    const mailbox = await connectMailbox(settings);
    const fetched = await drain(mailbox.fetch(await mailbox.list({ type: 'unread' }), { maxBytes: 1000 }));
    await mailbox.close();
    expect(fetched.map(({ source, refused }) => [Buffer.from(source).toString(), refused])).toEqual([['one\r\n', undefined]]);
  });

  test('dies in the middle of a message is reported, and the message is not taken for whole', async () => {
    const { settings } = await play({
      'RETR 1': (socket) => {
        socket.write('+OK\r\nSubject: cut\r\n');
        setTimeout(() => socket.end(), 10);
      },
    });
    const mailbox = await connectMailbox(settings);
    const refs = await mailbox.list({ type: 'unread' });

    await expect(drain(mailbox.fetch(refs, { maxBytes: 1000 }))).rejects.toMatchObject({ name: 'MailboxError', code: 'connectionLost' });
    await mailbox.close();
  });

  test('has more to send than the reader takes is held back, so that memory stays small', async () => {
    const numbers = Array.from({ length: 200 }, (_, i) => i + 1);
    const text = `${'x'.repeat(98)}\r\n`.repeat(1_000);
    let sent = 0;
    const { settings } = await play({
      CAPA: '+OK\r\nPIPELINING\r\n.',
      LIST: `+OK\r\n${numbers.map((n) => `${n} 100000`).join('\r\n')}\r\n.`,
      UIDL: `+OK\r\n${numbers.map((n) => `${n} u${n}`).join('\r\n')}\r\n.`,
      RETR: () => {
        sent++;
        return `+OK\r\n${text}.`;
      },
    });
    const mailbox = await connectMailbox(settings);
    let got = 0;
    for await (const { source } of mailbox.fetch(await mailbox.list({ type: 'unread' }), { maxBytes: 1e6 })) {
      expect(source.length).toBe(100_000);
      if (++got > 1) continue;
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(sent).toBeLessThan(10);
    }
    await mailbox.close();

    expect([got, sent]).toEqual([200, 200]);
  });

  test('falls silent runs into the timeout', async () => {
    const { settings } = await play({ 'RETR 1': () => undefined });
    const mailbox = await connectPop3(settings, { answerMs: 50 });
    const refs = await mailbox.list({ type: 'unread' });

    await expect(drain(mailbox.fetch(refs, { maxBytes: 1000 }))).rejects.toMatchObject({ code: 'timeout' });
    await mailbox.close();
  });

  test('fails at the end of the session does not count as having deleted anything', async () => {
    const { settings } = await play({ DELE: '+OK', QUIT: '-ERR some deleted messages not removed' });
    const mailbox = await connectMailbox(settings);

    expect(resultsInEnglish(await mailbox.apply([{ uid: 'aaa', effects: [{ type: 'delete' }] }]))).toEqual([
      { uid: 'aaa', error: expect.stringContaining('some deleted messages not removed') },
    ]);
    await mailbox.close();
  });

  test('sends an endless line is cut off', async () => {
    const { settings } = await play({ CAPA: `+OK ${'x'.repeat(50_000)}` });

    await expect(connectMailbox(settings)).rejects.toMatchObject({ code: 'protocol', message: expect.stringContaining('endless line') });
  });
});
