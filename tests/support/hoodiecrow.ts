import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import hoodiecrow from 'hoodiecrow-imap';

import { issueCertificate } from './certificates';
import { imapFace, loopback, testPassword, type TestMailServer } from './mail-server';

const plugins = [
  'ID',
  'SASL-IR',
  'AUTH-PLAIN',
  'NAMESPACE',
  'IDLE',
  'ENABLE',
  'LITERALPLUS',
  'UNSELECT',
  'SPECIAL-USE',
  'CREATE-SPECIAL-USE',
  'UIDPLUS',
  'MOVE',
];

interface HoodiecrowOptions {
  /** Leave out some of the extensions to play an older server. */
  without?: string[];
}

/**
 * Starts the IMAP server from npm, for machines without Dovecot. It has one mailbox that all users share, keeps everything in
 * memory.
 */
export async function startHoodiecrow({ without = [] }: HoodiecrowOptions = {}): Promise<TestMailServer> {
  const server = hoodiecrow({
    plugins: plugins.filter((plugin) => !without.includes(plugin)),
    users: anyUser(),
    storage: { INBOX: {}, '': { separator: '/', folders: { Sent: { 'special-use': '\\Sent' }, Trash: { 'special-use': '\\Trash' } } } },
  });
  const sockets = new Set<Socket>();
  const track = (socket: Socket): void => {
    // It answers in many small writes; with Nagle's algorithm each command would take 40 ms.
    sockets.add(
      socket
        .setNoDelay(true)
        .on('error', () => {})
        .once('close', () => sockets.delete(socket)),
    );
  };
  server.server.on('connection', track);
  await new Promise<void>((resolve) => server.listen(0, loopback, resolve));
  const imapPort = (server.server.address() as AddressInfo).port;
  const { cert, key } = issueCertificate();
  const tls = createTlsServer({ cert, key }, (socket) => {
    track(socket);
    socket.pipe(connect(imapPort, loopback).on('error', () => socket.destroy())).pipe(socket);
  });
  tls.on('tlsClientError', () => {});
  await listen(tls);
  const face = imapFace({ imapPort, imapsPort: (tls.address() as AddressInfo).port });
  const appendAll: TestMailServer['appendAll'] = async (folder, sources, options = {}) => {
    // It knows other names only as modified UTF-7.
    if (!/^[ -%'-~]*$/.test(folder)) return face.appendAll(folder, sources, options);
    // Straight into its memory: an IMAP command for each message would take its time.
    for (const source of sources)
      server.appendMessage(folder, [...(options.flags ?? [])], options.date, Buffer.from(source).toString('binary'));
  };
  return {
    ...face,
    name: 'hoodiecrow',
    appendAll,
    append: (folder, source, options) => appendAll(folder, [source], options),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all([
        new Promise<void>((resolve) => server.close(resolve)),
        new Promise<void>((resolve) => void tls.close(() => resolve())),
      ]);
    },
  };
}

/** Every name is a user. hoodiecrow asks `users.hasOwnProperty(name)`, then reads `users[name].password`. */
const anyUser = (): Record<string, { password: string }> =>
  new Proxy({}, { get: (_, name) => (name === 'hasOwnProperty' ? () => true : { password: testPassword }) });

const listen = (server: Server): Promise<void> => new Promise((resolve) => server.listen(0, loopback, resolve));
