import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { connectMailbox } from '../../server/services/mailbox/connect';
import type { MailboxSettings } from '../../server/services/mailbox/types';
import { closeTransports, sendMail } from '../../server/services/outgoing/smtp';
import { scriptedImap, type Script } from '../support/scripted-imap';

/** Servers that send more than they have to say, or what they were told in confidence. */

const SECRET = 'hunter2!';
const MEGABYTE = 1024 * 1024;
/** What such a server would send if nobody hung up. */
const ALL = 40 * MEGABYTE;

const stops: (() => unknown)[] = [];
afterEach(async () => {
  closeTransports();
  for (const stop of stops.splice(0)) await stop();
});

/** A server that greets with this, and answers each line with what the function says. */
async function server(greet: (socket: Socket) => unknown, answer: (line: string) => string = () => '') {
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket
      .on('error', () => {})
      .on('data', (data) => {
        for (const line of data.toString('latin1').split('\r\n').filter(Boolean)) {
          const said = answer(line);
          if (said) socket.write(said);
        }
      });
    void greet(socket);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    sockets.forEach((socket) => socket.destroy());
    listener.close();
  });
  return (listener.address() as AddressInfo).port;
}

const settings = (protocol: 'imap' | 'pop3', port: number): MailboxSettings => ({
  protocol,
  host: '127.0.0.1',
  port,
  encryption: 'none',
  validateCertificate: false,
  username: 'bo',
  credential: { type: 'password', password: SECRET },
});

async function failureOf(protocol: 'imap' | 'pop3', port: number): Promise<string> {
  const mailbox = await connectMailbox(settings(protocol, port)).catch((error: Error) => error);
  if (mailbox instanceof Error) return mailbox.message;
  const failure = await mailbox.folders().then(
    () => 'nothing failed',
    (error: Error) => error.message,
  );
  await mailbox.close();
  return failure;
}

const smtp = (port: number) => ({
  host: '127.0.0.1',
  port,
  encryption: 'none' as const,
  validateCertificate: false,
  username: 'bo',
  credential: { type: 'password' as const, password: SECRET },
});
const EMAIL = {
  from: { name: '', address: 'support@example.com' },
  to: [{ name: '', address: 'jane@customer.test' }],
  cc: [],
  subject: 'x',
  html: 'x',
  text: 'x',
  headers: {},
  messageId: 'x@example.com',
};
const failureOfSending = (port: number): Promise<any> =>
  sendMail(smtp(port), EMAIL).then(
    () => 'nothing failed',
    (error: unknown) => error,
  );

describe('a server that sends without end', () => {
  let sent = 0;
  const endless = (first: string, piece: string) => async (socket: Socket) => {
    sent = 0;
    socket.write(first);
    const block = piece.repeat(Math.ceil(65_536 / piece.length));
    while (sent < ALL && !socket.destroyed) {
      sent += block.length;
      if (!socket.write(block)) await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
    }
  };

  test.each([
    ['a greeting (IMAP)', 'imap', '* OK ', 'x'],
    ['greetings (IMAP)', 'imap', '* OK hi\r\n', '* OK hello\r\n'],
    ['a greeting (POP3)', 'pop3', '+OK ', 'x'],
  ] as const)('%s is hung up on, and the reason told', async (_, protocol, first, piece) => {
    const port = await server(endless(first, piece));
    expect(await failureOf(protocol, port)).toMatch(/more than a mail server has to say|an endless line/);
    expect(sent).toBeLessThan(ALL / 2);
  });

  test('capabilities without end (POP3) are cut off as well', async () => {
    let socketOf!: Socket;
    const port = await server(
      (socket) => (socketOf = socket).write('+OK hi\r\n'),
      (line) => (line === 'CAPA' ? void endless('+OK\r\n', 'X-SOMETHING\r\n')(socketOf) : undefined) ?? '',
    );
    expect(await failureOf('pop3', port)).toContain('more than a mail server has to say');
    expect(sent).toBeLessThan(ALL / 2);
  });

  test('a greeting or an answer without end (SMTP) is cut off as well', async () => {
    for (const [first, piece] of [
      ['220 ', 'x'],
      ['220-hi\r\n', '220-hello\r\n'],
    ]) {
      const port = await server(endless(first, piece));
      expect(await failureOfSending(port)).toMatchObject({ permanent: false });
      expect(sent).toBeLessThan(8 * MEGABYTE);
    }
  });
});

describe('an IMAP server with too much to say', () => {
  async function play(script: Script) {
    const server = await scriptedImap(script);
    stops.push(server.stop);
    return server;
  }

  test('lists 200,000 folders to nobody', async () => {
    const names = Array.from({ length: 200_000 }, (_, index) => `* LIST (\\HasNoChildren) "/" "A folder with a number ${index}"`);
    const { port } = await play({ answers: { LIST: `${names.join('\r\n')}\r\n{tag} OK done` } });
    expect(await failureOf('imap', port)).toContain('more than a mail server has to say');
  });

  test('has a hundred of its capabilities shown, each cut, and no secret among them', async () => {
    const words = Array.from({ length: 5_000 }, (_, index) => `X-NUMBER-${index}`);
    const { port } = await play({ capability: `IMAP4rev1 AUTH=${SECRET} ${'X'.repeat(5_000)} ${words.join(' ')}` });
    const mailbox = await connectMailbox(settings('imap', port));
    expect(mailbox.serverCapabilities).toHaveLength(100);
    expect(Math.max(...mailbox.serverCapabilities.map(({ length }) => length))).toBeLessThanOrEqual(100);
    expect(JSON.stringify(mailbox.serverCapabilities).toLowerCase()).not.toContain(SECRET);
    await mailbox.close();
  });
});

describe('a server that repeats what it was told', () => {
  const PLAIN = Buffer.from(`\0bo\0${SECRET}`).toString('base64');
  const ALONE = Buffer.from(SECRET).toString('base64');
  const tells = (text: string) => [SECRET, PLAIN, ALONE, PLAIN.slice(0, 12)].some((form) => text.includes(form));
  const forms = [SECRET, PLAIN, ALONE, encodeURIComponent(SECRET), `\x1b[31m${SECRET}\x1b[0m`];

  test.each(forms)('%j is told by none of the protocols', async (form) => {
    const imap = await scriptedImap({ answers: { LOGIN: `{tag} NO cannot take ${form}` } });
    stops.push(imap.stop);
    expect(await failureOf('imap', imap.port)).toMatch(/says: "cannot take \*\*\*"/);

    const pop3 = await server(
      (socket) => socket.write('+OK hi\r\n'),
      (line) => (line.startsWith('PASS') ? `-ERR cannot take ${form}\r\n` : line === 'CAPA' ? '-ERR no\r\n' : '+OK\r\n'),
    );
    expect(await failureOf('pop3', pop3)).toMatch(/says: "cannot take \*\*\*"/);
    const odd = await server(
      (socket) => socket.write('+OK hi\r\n'),
      (line) => (line.startsWith('PASS') ? `${' '.repeat(70)}what is ${form}\r\n` : line === 'CAPA' ? '-ERR no\r\n' : '+OK\r\n'),
    );
    expect(tells(await failureOf('pop3', odd))).toBe(false);

    const sending = await server(
      (socket) => socket.write('220 hi\r\n'),
      (line) => (line.startsWith('EHLO') ? '250-hi\r\n250 AUTH PLAIN\r\n' : `535 5.7.8 cannot take ${form}\r\n`),
    );
    const failure = await failureOfSending(sending);
    expect(failure.response).toBe('535 5.7.8 cannot take ***');
    expect(failure.message).toMatch(/cannot take \*\*\*$/);
  });

  test('what it repeats is told neither when it takes the email nor when it refuses one of its recipients', async () => {
    const port = await server(
      (socket) => socket.write('220 hi\r\n'),
      (line) => {
        if (line.startsWith('EHLO')) return '250-hi\r\n250 AUTH PLAIN\r\n';
        if (line.startsWith('AUTH')) return '235 ok\r\n';
        if (line.startsWith('RCPT TO:<john')) return `550 5.1.1 not for ${PLAIN}\r\n`;
        if (line === 'DATA') return '354 go\r\n';
        return line === '.' ? `250 taken ${PLAIN}\r\n` : /^[A-Z]{4}( |$)/.test(line) ? '250 ok\r\n' : '';
      },
    );
    const to = ['jane@customer.test', 'john@customer.test'].map((address) => ({ name: '', address }));
    expect(await sendMail(smtp(port), { ...EMAIL, to })).toEqual({
      response: '250 taken ***',
      rejected: [{ address: 'john@customer.test', response: '550 5.1.1 not for ***', permanent: true }],
    });
  });
});
