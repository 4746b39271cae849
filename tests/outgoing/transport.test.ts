import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { simpleParser } from 'mailparser';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { issueCertificate } from '../support/certificates';
import { closeTransports, sendMail } from '../../server/services/outgoing/smtp';
import { keepingHeaders, toldMessageId } from '../../server/services/outgoing/told-message-id';
import { SendError, type OutgoingMail, type OutgoingServer } from '../../server/services/outgoing/transport';

interface Received {
  from: string;
  to: string[];
  source: string;
  /** Which connection it came on. */
  session: string;
  secure: boolean;
  user: string | undefined;
}

const certificate = issueCertificate();

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  closeTransports();
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

function refusal(text: string, responseCode: number): Error {
  return Object.assign(new Error(text), { responseCode });
}

/** A real SMTP server on a free port that keeps what it is given, with every hook and every session open to the test. */
async function startServer(options: SMTPServerOptions = {}): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    ...certificate,
    // Where TLS matters, the test offers it again.
    disabledCommands: ['STARTTLS'],
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push({
          from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
          to: session.envelope.rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString('utf8'),
          session: session.id,
          secure: session.secure,
          user: session.user as string | undefined,
        });
        callback(null, 'taken as 4711');
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, received };
}

const serverAt = (port: number, parts: Partial<OutgoingServer> = {}): OutgoingServer => ({
  host: '127.0.0.1',
  port,
  encryption: 'none',
  validateCertificate: true,
  username: null,
  credential: null,
  ...parts,
});

const mail: OutgoingMail = {
  from: { name: 'Müller Support', address: 'support@demo.example' },
  to: [{ name: 'Erika', address: 'erika@acme.example' }],
  cc: [{ name: '', address: 'cc@acme.example' }],
  subject: 'Re: Grüße [TT1001]',
  html: '<p>Hällo</p>',
  text: 'Hällo',
  headers: { 'In-Reply-To': '<a@x>', References: '<t@demo.example> <a@x>', 'X-Mail-Scanner': 't' },
  messageId: 't.123@demo.example',
};

async function failureOf(server: OutgoingServer): Promise<SendError> {
  const result: unknown = await sendMail(server, mail).catch((error: unknown) => error);
  if (!(result instanceof SendError)) throw new Error(`no SendError: ${String(result)}`);
  return result;
}

/** Once the server has fallen silent, after this long: an error by which the mail is sent again. */
async function expectGivenUp(port: number, silent: Promise<void>, afterMs: number): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  try {
    const failing = failureOf(serverAt(port));
    await silent;
    vi.advanceTimersByTime(afterMs);
    expect(await failing).toMatchObject({
      permanent: false,
      mayHaveLeft: false,
      message: expect.stringMatching(/did not answer|in time/i),
    });
  } finally {
    vi.useRealTimers();
  }
}

test('a mail arrives as it was composed', async () => {
  const { port, received } = await startServer();
  await expect(sendMail(serverAt(port), mail)).resolves.toEqual({ response: '250 taken as 4711', rejected: [] });
  expect(received[0]).toMatchObject({ from: 'support@demo.example', to: ['erika@acme.example', 'cc@acme.example'] });
  const parsed = await simpleParser(received[0].source);
  expect(parsed.subject).toBe('Re: Grüße [TT1001]');
  expect(parsed.from?.value).toEqual([{ name: 'Müller Support', address: 'support@demo.example' }]);
  expect(parsed.messageId).toBe('<t.123@demo.example>');
  expect(parsed.inReplyTo).toBe('<a@x>');
  expect(parsed.references).toEqual(['<t@demo.example>', '<a@x>']);
  expect(parsed.headers.get('x-mail-scanner')).toBe('t');
  expect(parsed.text?.trim()).toBe('Hällo');
  expect(parsed.html).toContain('<p>Hällo</p>');
});

test('another Message-ID is noted where the server tells it', async () => {
  const { port } = await startServer({
    onData: (stream, _session, done) =>
      stream.resume().once('end', () => done(null, '2.0.0 OK <id1@PROD.OUTLOOK.TEST> [Hostname=EX1.PROD]')),
  });
  expect(await sendMail(serverAt(port), mail)).toMatchObject({ sentMessageId: 'id1@PROD.OUTLOOK.TEST' });
});

test.each<[string, string, string, string | null]>([
  ['Exchange Online', 'smtp.office365.com', '250 2.0.0 OK <AB1@AB1.eurprd01.prod.outlook.com> [Hostname=AB1.eurprd01.prod.outlook.com]', 'AB1@AB1.eurprd01.prod.outlook.com'],
  ['Exchange, which kept ours', 'mail.corp.test', '250 2.6.0 <t.1@demo.example> [InternalId=7, Hostname=x] Queued mail for delivery', null],
  ['Exchange Online, which kept ours', 'smtp.office365.com', '250 2.0.0 OK <t.1@demo.example> [Hostname=AB1]', null],
  ['Brevo', 'smtp-relay.brevo.com', '250 2.0.0 OK: queued as <202611010900.1234@smtp-relay.mailin.fr>', '202611010900.1234@smtp-relay.mailin.fr'],
  ['SES in Ireland', 'email-smtp.eu-west-1.amazonaws.com', '250 Ok 0102019a0b1c2d3e-11111111-2222-3333-4444-555555555555-000000', '0102019a0b1c2d3e-11111111-2222-3333-4444-555555555555-000000@eu-west-1.amazonses.com'],
  ['SES in Virginia', 'email-smtp-fips.us-east-1.amazonaws.com', '250 Ok 0100019a0b1c2d3e-11111111-2222-3333-4444-555555555555-000000', '0100019a0b1c2d3e-11111111-2222-3333-4444-555555555555-000000@email.amazonses.com'],
  ['what looks like SES elsewhere', 'mail.corp.test', '250 Ok 0100019a0b1c2d3e-11111111-2222-3333-4444-555555555555-000000', null],
  ['a server that says the recipient', 'mail.corp.test', '250 2.1.5 OK <erika@acme.example>', null],
  ['Postfix', 'mail.corp.test', '250 2.0.0 Ok: queued as 4FzXk21Jz5z9s', null],
])('the Message-ID in an answer of %s', (_, host, response, told) => {
  expect(toldMessageId(response, host, 't.1@demo.example')).toBe(told);
}); // prettier-ignore

test('Postmark is asked to keep ours', () => {
  expect([keepingHeaders('smtp.postmarkapp.com'), keepingHeaders('postmarkapp.com.evil.test')]).toEqual([{ 'X-PM-KeepID': 'true' }, {}]);
});

test('mails to one server share a connection, until the credentials change', async () => {
  const { port, received } = await startServer({ onAuth: ({ username }, _, callback) => callback(null, { user: username }) });
  const credential = (password: string) => ({ username: 'support', credential: { type: 'password' as const, password } });
  await sendMail(serverAt(port, credential('one')), mail);
  await sendMail(serverAt(port, credential('one')), mail);
  await sendMail(serverAt(port, credential('two')), mail);
  const [first, second, third] = received.map(({ session }) => session);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
  expect(received[0].user).toBe('support');
});

describe('encryption', () => {
  test('STARTTLS is used when asked for', async () => {
    const { port, received } = await startServer({ disabledCommands: [] });
    await sendMail(serverAt(port, { encryption: 'starttls', validateCertificate: false }), mail);
    expect(received[0].secure).toBe(true);
  });

  test('STARTTLS that the server cannot do is an error, not plain text', async () => {
    const { port, received } = await startServer();
    const error = await failureOf(serverAt(port, { encryption: 'starttls' }));
    expect(error).toMatchObject({ permanent: false, message: expect.stringMatching(/No encrypted connection/) });
    expect(received).toEqual([]);
  });

  test('TLS from the first byte is used when asked for', async () => {
    const { port, received } = await startServer({ secure: true });
    await sendMail(serverAt(port, { encryption: 'ssl', validateCertificate: false }), mail);
    expect(received[0].secure).toBe(true);
  });

  test('"none" stays plain though the server offers more', async () => {
    const { port, received } = await startServer({ disabledCommands: [] });
    await sendMail(serverAt(port), mail);
    expect(received[0].secure).toBe(false);
  });

  test.each(['ssl', 'starttls'] as const)('a certificate that is not valid stops the mail (%s)', async (encryption) => {
    const { port, received } = await startServer({ secure: encryption === 'ssl', disabledCommands: [] });
    const error = await failureOf(serverAt(port, { encryption }));
    expect(error).toMatchObject({ permanent: false, message: expect.stringMatching(/certificate of 127\.0\.0\.1 is not valid/) });
    expect(received).toEqual([]);
  });

  test('TLS on a plain port says so', async () => {
    const { port } = await startServer();
    const error = await failureOf(serverAt(port, { encryption: 'ssl' }));
    expect(error).toMatchObject({ permanent: false, message: expect.stringMatching(/port fits the encryption/) });
  });
});

describe('the login', () => {
  test('by user name and password succeeds', async () => {
    const { port, received } = await startServer({
      authOptional: false,
      onAuth: ({ username, password }, _, callback) =>
        password === 'secret' ? callback(null, { user: username }) : callback(refusal('5.7.8 no', 535)),
    });
    await sendMail(serverAt(port, { username: 'me', credential: { type: 'password', password: 'secret' } }), mail);
    expect(received[0].user).toBe('me');
  });

  test('by an access token (XOAUTH2) succeeds', async () => {
    const { port, received } = await startServer({
      authOptional: false,
      authMethods: ['XOAUTH2'],
      onAuth: ({ username, accessToken }, _, callback) =>
        accessToken === 'token' ? callback(null, { user: username }) : callback(null, { data: { status: '401', schemes: 'bearer' } }),
    });
    await sendMail(serverAt(port, { username: 'me@x.example', credential: { type: 'accessToken', accessToken: 'token' } }), mail);
    expect(received[0].user).toBe('me@x.example');
    const error = await failureOf(
      serverAt(port, { username: 'me@x.example', credential: { type: 'accessToken', accessToken: 'stale-token' } }),
    );
    expect(error).toMatchObject({ permanent: false, message: expect.stringMatching(/Authorise it again/) });
    expect(JSON.stringify(error) + error.message + error.stack).not.toContain('stale-token');
  });

  test('that is refused is not the fault of the mail, and the password stays out of the words', async () => {
    const { port } = await startServer({
      onAuth: ({ password }, _, callback) => callback(refusal(`5.7.8 wrong password ${password}`, 535)),
    });
    const error = await failureOf(serverAt(port, { username: 'me', credential: { type: 'password', password: 'pa55word' } }));
    expect(error).toMatchObject({ permanent: false, response: '535 5.7.8 wrong password ***' });
    expect(error.message).toMatch(/Check the user name and the password/);
    expect(JSON.stringify(error) + error.message + error.stack).not.toContain('pa55word');
  });

  test('that the server wants and nobody set up is said', async () => {
    const { port } = await startServer({ authOptional: false });
    expect(await failureOf(serverAt(port))).toMatchObject({ permanent: false, message: expect.stringMatching(/refused the login/) });
  });

  test('that the server wants encrypted says what to choose', async () => {
    const { port } = await startServer({ allowInsecureAuth: false, disabledCommands: [] });
    const error = await failureOf(serverAt(port, { username: 'me', credential: { type: 'password', password: 'x' } }));
    expect(error).toMatchObject({ permanent: false, message: expect.stringMatching(/Choose STARTTLS or SSL/) });
  });

  test('that the server does not offer is an error, not a mail without login', async () => {
    const { port, received } = await startServer({ disabledCommands: ['AUTH', 'STARTTLS'] });
    const error = await failureOf(serverAt(port, { username: 'me', credential: { type: 'password', password: 'x' } }));
    expect(error.permanent).toBe(false);
    expect(received).toEqual([]);
  });
});

describe('what the server refuses', () => {
  test.each([
    ['onMailFrom', 550, '5.7.1 not allowed', true],
    ['onMailFrom', 451, '4.3.0 later', false],
    ['onRcptTo', 550, '5.1.1 no such user', true],
    ['onRcptTo', 450, '4.2.0 greylisted', false],
    ['onData', 554, '5.6.0 spam', true],
    ['onData', 452, '4.3.1 full', false],
  ] as const)('%s %i %s: permanent %s, with the words of the server', async (hook, code, words, permanent) => {
    const error = refusal(words, code);
    const { port } = await startServer({
      [hook]:
        hook === 'onData'
          ? (stream: NodeJS.ReadableStream, _: unknown, callback: (error: Error) => void) =>
              stream.on('end', () => callback(error)).resume()
          : (_: unknown, __: unknown, callback: (error: Error) => void) => callback(error),
    });
    expect(await failureOf(serverAt(port))).toMatchObject({
      permanent,
      response: `${code} ${words}`,
      message: expect.stringContaining(words),
    });
  });

  test('a mail without recipients is not even tried', async () => {
    const { port } = await startServer();
    const sending = sendMail(serverAt(port), { ...mail, to: [], cc: [] });
    await expect(sending).rejects.toMatchObject({ permanent: true, response: null, message: expect.stringMatching(/No recipients/) });
  });

  test('one recipient of two: the mail is sent, and who did not get it is told', async () => {
    const { port, received } = await startServer({
      onRcptTo: ({ address }, _, callback) => callback(address.startsWith('cc@') ? refusal('5.1.1 unknown', 550) : null),
    });
    expect(await sendMail(serverAt(port), mail)).toEqual({
      response: '250 taken as 4711',
      rejected: [{ address: 'cc@acme.example', response: '550 5.1.1 unknown', permanent: true }],
    });
    expect(received[0].to).toEqual(['erika@acme.example']);
  });

  test('one recipient for good and the other for now: it is tried again', async () => {
    const { port } = await startServer({
      onRcptTo: ({ address }, _, callback) => callback(refusal('x', address.startsWith('cc@') ? 550 : 450)),
    });
    expect((await failureOf(serverAt(port))).permanent).toBe(false);
  });

  test('every connection (a greeting with 5yz) is not the fault of the mail', async () => {
    const { port } = await startServer({ onConnect: (_, callback) => callback(refusal('blocked for now', 554)) });
    expect(await failureOf(serverAt(port))).toMatchObject({ permanent: false, response: expect.stringContaining('blocked for now') });
  });
});

describe('the network', () => {
  test('nothing listens there', async () => {
    const { port } = await startServer();
    await stops.pop()?.();
    expect(await failureOf(serverAt(port))).toMatchObject({
      permanent: false,
      response: null,
      message: `Nothing answers at 127.0.0.1:${port}. Check host and port, and whether the server runs.`,
    });
  });

  test('no such host', async () => {
    const error = await failureOf(serverAt(25, { host: 'no-such-host.invalid' }));
    expect(error).toMatchObject({ permanent: false, message: expect.stringMatching(/no server named no-such-host\.invalid/) });
  });

  test('a server that hangs up is tried again later', async () => {
    const server = net.createServer((socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => new Promise((resolve) => server.close(() => resolve())));
    const error = await failureOf(serverAt((server.address() as AddressInfo).port));
    expect(error).toMatchObject({ permanent: false, message: expect.stringMatching(/broke/) });
  });

  test('a server may be busy with a mail for ten minutes once it has all of it, as RFC 5321 §4.5.3.2.6 asks', async () => {
    let take = () => {};
    const taking = new Promise<void>((hasAll) => (take = hasAll));
    let answer = () => {};
    const { port } = await startServer({
      onData(stream, _session, callback) {
        answer = () => callback(null, 'taken after all');
        stream.resume().once('end', take);
      },
    });
    const silence = vi.spyOn(net.Socket.prototype, 'setTimeout');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    try {
      const sent = sendMail(serverAt(port), mail);
      await taking;
      vi.advanceTimersByTime(590_000);
      answer();
      await expect(sent).resolves.toMatchObject({ response: '250 taken after all' });
      expect(silence.mock.calls.map(([ms]) => ms)).toContain(600_000);
    } finally {
      vi.useRealTimers();
      silence.mockRestore();
    }
  });

  test('a server that falls silent before it has the mail is left after two minutes, and the mail goes over another connection', async () => {
    let ask = () => {};
    const asked = new Promise<void>((hasAsked) => (ask = hasAsked));
    let isSilent = true;
    const { port, received } = await startServer({ onRcptTo: (_address, _session, callback) => (isSilent ? ask() : callback()) });
    await expectGivenUp(port, asked, 120_000 + mail.to.length * 10_000 + 20_000);
    isSilent = false;
    await sendMail(serverAt(port), mail);
    expect(received).toHaveLength(1);
  });

  test('a server that greets and says nothing more is left after three minutes', async () => {
    let greet = () => {};
    const greeted = new Promise<void>((hasGreeted) => (greet = hasGreeted));
    const server = net.createServer((socket) => {
      socket.on('error', () => {}).once('data', greet);
      socket.write('220 mail.example ESMTP\r\n');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    stops.push(() => new Promise((closed) => void server.close(() => closed())));
    const { port } = server.address() as AddressInfo;
    await expectGivenUp(port, greeted, 200_000);
  });

  test('a connection that the server closed while it was idle does not cost a mail', async () => {
    const { port, received } = await startServer({ socketTimeout: 150 });
    await sendMail(serverAt(port), mail);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await sendMail(serverAt(port), mail);
    expect(received).toHaveLength(2);
  });
});
