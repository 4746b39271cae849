import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { Writable } from 'node:stream';
import { findingOf, type Attack } from '../types';

/** What each would send if nobody hung up. */
const ALL = 30_000_000;
const BOUND = 15_000_000;

async function pour(stream: Writable, piece: string): Promise<number> {
  const block = piece.repeat(Math.ceil(65_536 / piece.length));
  let sent = 0;
  stream.setMaxListeners(0);
  while (sent < ALL && !stream.destroyed) {
    sent += block.length;
    if (!stream.write(block)) await new Promise((resolve) => stream.once('drain', resolve).once('close', resolve));
  }
  stream.destroy();
  return sent;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

export const attack: Attack = {
  title: 'Servers that answer without end: a mailbox’s, and an OAuth provider’s',
  async run({ app }) {
    const wrong: string[] = [];
    const poured: Promise<number>[] = [];
    for (const [protocol, first, piece] of [
      ['imap', '* OK ', 'x'],
      ['imap', '* OK hi\r\n', '* OK hello\r\n'],
      ['pop3', '+OK ', 'x'],
    ]) {
      const server = createServer((socket) => {
        socket.on('error', () => {}).write(first);
        poured.push(pour(socket, piece));
      });
      const settings = { protocol, host: '127.0.0.1', port: await listening(server), encryption: 'none', username: 'bo', password: 'x' };
      const { ok } = await app.api('POST', '/scanners/test', settings);
      if (ok) wrong.push(`${protocol} connected`);
      server.close();
    }
    const provider = createHttpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      poured.push(pour(response, ' '));
    });
    const issuer = `http://127.0.0.1:${await listening(provider)}`;
    await app.api('PUT', '/oauth-providers/oidc', { clientId: 'attack', clientSecret: 'attack', issuer });
    await app.request('GET', '/oauth/oidc/start');
    provider.close();
    const most = Math.max(...(await Promise.all(poured)));
    if (most > BOUND) wrong.push(`${Math.round(most / 1_000_000)} MB of an answer were taken`);
    return findingOf(wrong, `none of ${poured.length} servers got rid of more than ${Math.ceil(most / 1_000_000)} MB`);
  },
};
