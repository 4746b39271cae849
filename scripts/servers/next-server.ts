import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { loopback } from '../../tests/support/mail-server';

/** The server that comes behind the one that is tried. */

export interface Arrived {
  to: string[];
  raw: string;
}

export interface Next {
  port: number;
  mails: Arrived[];
  stop(): Promise<void>;
}

interface Refusal {
  at: 'to' | 'data';
  code: number;
  message: string;
}

/**
 * Takes a message before it does anything with it: Exim ends its half of the connection with its last message, and smtp-server then answers
 * nothing any more (findings/smtp-server-forgets-its-answer-to-exim.sh).
 */
export async function startNext(refuses: (address: string) => Refusal | undefined, onMessage: (mail: Arrived) => void): Promise<Next> {
  const mails: Arrived[] = [];
  const failure = (at: Refusal['at'], addresses: string[]): Error | null => {
    const said = addresses.map(refuses).find((refusal) => refusal?.at === at);
    return said ? Object.assign(new Error(said.message), { responseCode: said.code }) : null;
  };
  const server = new SMTPServer({
    hideSTARTTLS: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    onRcptTo: ({ address }, _session, done) => done(failure('to', [address])),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      const to = envelope.rcptTo.map(({ address }) => address);
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        const refused = failure('data', to);
        done(refused);
        if (refused) return;
        const mail = { to, raw: Buffer.concat(chunks).toString('utf8') };
        mails.push(mail);
        onMessage(mail);
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => void server.listen(0, loopback, resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    stop: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

export const parsed = ({ raw }: Arrived): Promise<ParsedMail> => simpleParser(raw);
