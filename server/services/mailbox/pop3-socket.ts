import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { MailboxSettings } from './types';
import { SpokenError } from '../lib/spoken-error';
import { say, type Words } from '../../../shared/sentences/words';

/** The way to a POP3 server: plain, or with TLS from the first byte or from STLS on. */

export interface Pop3Timeouts {
  /** To connect, TLS included. */
  connectMs: number;
  /** Silence while an answer is due. */
  answerMs: number;
}

/** Errors of our own, with a code as Node's have one. */
export const failure = (code: string, said: Words): Error => Object.assign(new SpokenError(said), { code });

export async function connectSocket(settings: MailboxSettings, timeouts: Pop3Timeouts): Promise<Socket> {
  const { host, address, port } = settings;
  if (settings.encryption === 'ssl') return secured(null, settings, timeouts);
  return established(connectTcp({ host: address ?? host, port }), 'connect', timeouts);
}

/** TLS over a new connection or over one that exists. */
export function secured(
  plain: Socket | null,
  { host, address, port, validateCertificate }: MailboxSettings,
  timeouts: Pop3Timeouts,
): Promise<Socket> {
  const target = plain ? { socket: plain } : { port };
  return established(
    connectTls({
      ...target,
      host: address ?? host,
      rejectUnauthorized: validateCertificate,
      ...(isIP(host) === 0 && { servername: host }),
    }),
    'secureConnect',
    timeouts,
  );
}

function established(socket: Socket, event: 'connect' | 'secureConnect', { connectMs }: Pop3Timeouts): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => (): void => {
      clearTimeout(timer);
      socket.off('error', onError).off('close', onClose);
      done();
    };
    const onError = (error: Error): void => {
      socket.on('error', () => {}); // a second one must not be unhandled
      settle(() => reject(error))();
      socket.destroy();
    };
    const onClose = (): void => onError(failure('EConnectionClosed', say('mailbox.pop3Closed')));
    const timer = setTimeout(() => onError(failure('CONNECT_TIMEOUT', say('mailbox.pop3NoConnection'))), connectMs);
    socket.once('error', onError).once('close', onClose);
    socket.once(
      event,
      settle(() => resolve(socket)),
    );
  });
}
