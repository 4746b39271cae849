import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, loopback } from '../../../tests/support/mail-server';
import { Daemon, giveAccounts } from '../chroot';
import { intoMbox } from '../delivery';
import { unpack } from '../packages';
import type { Kind, Running } from '../types';

export async function startMailutils(users: readonly string[], program: 'imap4d' | 'pop3d'): Promise<Running> {
  const { root, version, remove } = unpack([`mailutils-${program}`, 'mailutils-common', 'libpam-modules']);
  const port = await freePort();
  giveAccounts(root, users, [`gnu-${program}`]);
  mkdirSync(path.join(root, 'var/mail'), { recursive: true });
  chmodSync(path.join(root, 'var/mail'), 0o1777);
  writeFileSync(
    path.join(root, 'etc/server.conf'),
    `server ${loopback}:${port} {\n  single-process no;\n${program === 'imap4d' ? '  tls-mode no;\n' : ''}};\nmax-children 50;\nauth {\n  authentication pam;\n  authorization system;\n};\nmailbox {\n  mail-spool /var/mail;\n};\npam { service gnu-${program}; };\n${program === 'imap4d' ? 'login-disabled no;\n' : ''}logging { syslog no; };\n`,
  );
  let daemon: Daemon;
  const start = async (): Promise<void> => {
    daemon = new Daemon(root, [`/usr/sbin/${program}`, '--no-site', '--config-file=/etc/server.conf', '--foreground', '--daemon=50']);
    await daemon.answers(port);
  };
  await start();
  return {
    version,
    protocol: program === 'imap4d' ? 'imap' : 'pop3',
    port,
    ...(program === 'imap4d' && { prefix: '' }),
    deliver: async (user, sources) => intoMbox(root, users, user, sources),
    kill: () => daemon.kill(),
    start,
    remove: async () => {
      await daemon.kill();
      remove();
    },
  };
}

export const kind: Kind = { title: 'GNU mailutils imap4d', start: (users) => startMailutils(users, 'imap4d') };
