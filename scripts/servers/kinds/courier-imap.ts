import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, loopback } from '../../../tests/support/mail-server';
import { Daemon, giveAccounts } from '../chroot';
import { intoMaildir, makeMaildir } from '../delivery';
import { unpack } from '../packages';
import type { Kind, Running } from '../types';

/** MAXPERIP as Debian has it. */
const LIMIT = 20;

const PACKAGES = {
  imap: ['courier-imap', 'courier-base', 'courier-authlib', 'courier-authdaemon', 'gamin', 'libpam-modules'],
  pop3: ['courier-pop', 'courier-base', 'courier-authlib', 'courier-authdaemon', 'libpam-modules'],
};
const DAEMON = {
  imap: ['/usr/lib/courier/courier/imaplogin', '/usr/bin/imapd', 'Maildir'],
  pop3: ['/usr/lib/courier/courier/courierpop3login', '/usr/lib/courier/courier/courierpop3d', 'Maildir'],
};

/** As Debian sets it. */
const environment = {
  AUTHMODULES: 'authdaemon',
  authdaemonvar: '/run/courier/authdaemon',
  authmodulelist: 'authpam',
  daemons: '5',
  LOGGEROPTS: '',
  DEFAULTOPTIONS: '',
  IMAP_CAPABILITY: 'IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE',
  IMAP_KEYWORDS: '1',
  IMAP_ACL: '1',
  IMAP_IDLE_TIMEOUT: '60',
  IMAP_MAILBOX_SANITY_CHECK: '1',
  IMAP_USELOCKS: '1',
  IMAP_ENHANCEDIDLE: '0',
  IMAP_TRASHFOLDERNAME: 'Trash',
  IMAP_UMASK: '022',
  IMAP_ULIMITD: '131072',
  MAILDIRPATH: 'Maildir',
  POP3AUTH: '',
};

export async function startCourier(users: readonly string[], protocol: 'imap' | 'pop3'): Promise<Running> {
  const { root, version, remove } = unpack(PACKAGES[protocol]);
  const port = await freePort();
  giveAccounts(root, users, [protocol]);
  mkdirSync(path.join(root, 'run/courier/authdaemon'), { recursive: true });
  for (const user of users) makeMaildir(root, users, user);
  let daemons: Daemon[] = [];
  const start = async (): Promise<void> => {
    const tcpd = ['/usr/sbin/couriertcpd', `-address=${loopback}`, '-maxprocs=40', `-maxperip=${LIMIT}`, '-nodnslookup', '-noidentlookup'];
    daemons = [
      new Daemon(root, ['/usr/lib/courier/courier-authlib/authdaemond'], environment),
      new Daemon(root, [...tcpd, String(port), ...DAEMON[protocol]], environment),
    ];
    await daemons[1]!.answers(port);
  };
  const kill = async (): Promise<void> => {
    await Promise.all(daemons.map((daemon) => daemon.kill()));
  };
  await start();
  return {
    version,
    protocol,
    port,
    kill,
    start,
    ...(protocol === 'imap'
      ? {
          prefix: 'INBOX.',
          limit: LIMIT,
          // maildirsize(5): the quota in the first line, then what was added.
          fill: async (user, isFull) =>
            writeFileSync(
              path.join(root, 'home', user, 'Maildir/maildirsize'),
              `${isFull ? 1000 : 100_000_000}S\n           0            0\n`,
            ),
        }
      : { deliver: async (user, sources) => intoMaildir(root, users, user, sources) }),
    remove: async () => {
      await kill();
      remove();
    },
  };
}

export const kind: Kind = { title: 'Courier IMAP', start: (users) => startCourier(users, 'imap') };
