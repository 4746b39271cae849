import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { AddressInfo, Socket } from 'node:net';

import { issueCertificate, type Certificate } from './certificates';
import { loopback, testPassword } from './mail-server';

export interface ReceivedMail {
  /** The envelope: MAIL FROM and RCPT TO. */
  from: string;
  to: string[];
  raw: string;
  parsed: ParsedMail;
  /** Who had signed in, or null. */
  user: string | null;
}

/**
 * What goes wrong with a message, asked again for each. A number is an answer (`451` tries again, `550` does not);
 * `hang` never answers; `drop` closes the connection at the end of DATA, so that nobody knows whether it was taken.
 */
type SmtpFailure = { at: 'connect' | 'from' | 'to' | 'data'; code: number; message?: string } | 'hang' | 'drop';

export interface SmtpSinkOptions {
  onMessage?: (mail: ReceivedMail) => void | Promise<void>;
  fail?: (envelope: { from: string; to: string[] }) => SmtpFailure | null | undefined;
  /** Users must sign in: any name with the password `secret`, or whom this function admits. */
  auth?: boolean | ((credentials: { method: string; user: string; secret: string }) => boolean);
  authMethods?: ('PLAIN' | 'LOGIN' | 'XOAUTH2')[];
  /** `none` offers no encryption, `starttls` does, `ssl` speaks TLS from the first byte. */
  encryption?: 'none' | 'starttls' | 'ssl';
  certificate?: Certificate;
  port?: number;
}

export interface SmtpSink {
  host: string;
  port: number;
  /** Everything that was accepted, in order. */
  mails: ReceivedMail[];
  /** Waits until that many mails have come in all. */
  received(count: number, timeoutMs?: number): Promise<ReceivedMail[]>;
  /** Changes what goes wrong from now on. */
  failWith(fail: SmtpSinkOptions['fail']): void;
  stop(): Promise<void>;
}

/** Starts an SMTP server on loopback that keeps what it receives. */
export async function startSmtpSink(options: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  const waiting = new Set<() => void>();
  const sockets = new Map<number, Socket>();
  let fail = options.fail;
  const server = new SMTPServer({
    ...security(options),
    ...authentication(options),
    logger: false,
    disableReverseLookup: true,
    onConnect: (_session, done) => done(answerAt('connect', fail?.({ from: '', to: [] }))),
    onMailFrom: (address, _session, done) => done(answerAt('from', fail?.({ from: address.address, to: [] }))),
    onRcptTo: (address, session, done) => done(answerAt('to', fail?.({ from: senderOf(session), to: [address.address] }))),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => void accept(Buffer.concat(chunks), session).then(() => done(), done));
      async function accept(raw: Buffer, { envelope, user, remotePort }: typeof session): Promise<void> {
        const to = envelope.rcptTo.map(({ address }) => address);
        const failure = fail?.({ from: senderOf(session), to });
        if (failure === 'hang') return new Promise(() => {});
        if (failure === 'drop') return void sockets.get(remotePort)?.destroy();
        const error = answerAt('data', failure);
        if (error) throw error;
        const mail = {
          from: senderOf(session),
          to,
          raw: raw.toString('utf8'),
          parsed: await simpleParser(raw),
          user: typeof user === 'string' ? user : null,
        };
        mails.push(mail);
        await options.onMessage?.(mail);
        for (const wake of waiting) wake();
      }
    },
  });
  // Clients that break off are part of the tests.
  server.on('error', () => {});
  server.server.on('connection', (socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    socket.once('close', () => sockets.delete(port));
  });
  await new Promise<void>((resolve) => void server.listen(options.port ?? 0, loopback, resolve));
  return {
    host: loopback,
    port: (server.server.address() as AddressInfo).port,
    mails,
    received: (count, timeoutMs = 10_000) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (mails.length < count) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve(mails);
        };
        const timer = setTimeout(() => {
          waiting.delete(check);
          reject(new Error(`${mails.length} of ${count} mails came within ${timeoutMs} ms.`));
        }, timeoutMs);
        waiting.add(check);
        check();
      }),
    failWith: (next) => (fail = next),
    stop: async () => {
      for (const socket of sockets.values()) socket.destroy();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

function security({ encryption = 'none', certificate }: SmtpSinkOptions): SMTPServerOptions {
  if (encryption === 'none') return { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] };
  return { secure: encryption === 'ssl', ...(certificate ?? issueCertificate()) };
}

function authentication({ auth = false, authMethods = ['PLAIN', 'LOGIN', 'XOAUTH2'] }: SmtpSinkOptions): SMTPServerOptions {
  const admits = typeof auth === 'function' ? auth : ({ secret }: { secret: string }) => secret === testPassword;
  return {
    authOptional: auth === false,
    allowInsecureAuth: true,
    authMethods,
    onAuth: ({ method, username = '', password, accessToken }, _session, done) => {
      const admitted = admits({ method, user: username, secret: accessToken ?? password ?? '' });
      done(
        admitted ? null : Object.assign(new Error('5.7.8 Authentication credentials invalid'), { responseCode: 535 }),
        admitted ? { user: username } : undefined,
      );
    },
  };
}

const senderOf = ({ envelope }: { envelope: { mailFrom: false | { address: string } } }): string =>
  envelope.mailFrom === false ? '' : envelope.mailFrom.address;

function answerAt(at: 'connect' | 'from' | 'to' | 'data', failure: SmtpFailure | null | undefined): Error | null {
  if (!failure || typeof failure === 'string' || failure.at !== at) return null;
  return Object.assign(new Error(failure.message ?? `The test wants a ${failure.code} here`), { responseCode: failure.code });
}
