import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { giveAccounts } from '../chroot';
import { intoMbox } from '../delivery';
import { InetServer } from '../inet';
import { unpack } from '../packages';
import type { Kind, Running } from '../types';

/** A POP3 server that inetd starts for each connection, over a file for each user (mbox). */
export async function startFromInetd(users: readonly string[], name: string, command: string[]): Promise<Running> {
  const { root, version, remove } = unpack([name, 'libpam-modules']);
  giveAccounts(root, users, [name, 'pop3'], [name, 'popa3d', 'spop3d']);
  for (const folder of ['var/mail', 'var/lib/popa3d', 'var/empty']) mkdirSync(path.join(root, folder), { recursive: true });
  chmodSync(path.join(root, 'var/mail'), 0o1777);
  const server = new InetServer(['chroot', root, ...command]);
  await server.start();
  return {
    version,
    protocol: 'pop3',
    port: server.port,
    deliver: async (user, sources) => intoMbox(root, users, user, sources),
    kill: () => server.kill(),
    start: () => server.start(),
    remove: async () => {
      await server.kill();
      remove();
    },
  };
}

export const kind: Kind = {
  title: 'solid-pop3d',

  start: (users) => startFromInetd(users, 'solid-pop3d', ['/usr/sbin/solid-pop3d']),
};
