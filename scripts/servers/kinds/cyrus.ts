import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { freePort, imapFace, loopback } from '../../../tests/support/mail-server';
import { Daemon, giveAccounts, MAIL_GID, runInside } from '../chroot';
import { unpack } from '../packages';
import { giveRights } from '../rights';
import type { Kind, Running } from '../types';

const PACKAGES = ['cyrus-imapd', 'cyrus-pop3d', 'cyrus-common', 'sasl2-bin', 'libsasl2-modules', 'libsasl2-modules-db', 'tzdata'];
const CYRUS_UID = 900;

const imapdConf = `
configdirectory: /var/lib/cyrus
proc_path: /run/cyrus/proc
mboxname_lockpath: /run/cyrus/lock
defaultpartition: default
partition-default: /var/spool/cyrus/mail
admins: cyrus
altnamespace: no
unixhierarchysep: no
allowplaintext: yes
autocreate_quota: 0
anyoneuseracl: yes
servername: cyrus.example.com
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_mech_list: PLAIN LOGIN
`;

/** Starts it as Debian configures it, with all names below \`INBOX.\`. */
export async function startCyrus(users: readonly string[], protocol: 'imap' | 'pop3'): Promise<Running> {
  const { root, version, remove } = unpack(PACKAGES);
  const ports = { imap: await freePort(), pop3: await freePort() };
  giveAccounts(root, [], [], ['cyrus']);
  for (const folder of [
    'var/lib/cyrus',
    'var/spool/cyrus',
    'var/spool/cyrus/mail',
    'run/cyrus',
    'run/cyrus/proc',
    'run/cyrus/lock',
    'run/cyrus/socket',
  ]) {
    mkdirSync(path.join(root, folder), { recursive: true });
    chownSync(path.join(root, folder), CYRUS_UID, MAIL_GID);
  }
  writeFileSync(path.join(root, 'etc/imapd.conf'), imapdConf);
  writeFileSync(
    path.join(root, 'etc/cyrus.conf'),
    `START {\n  recover cmd="ctl_cyrusdb -r"\n}\nSERVICES {\n  imap cmd="imapd -U 30" listen="${loopback}:${ports.imap}" prefork=0 maxchild=100\n  pop3 cmd="pop3d -U 30" listen="${loopback}:${ports.pop3}" prefork=0 maxchild=100\n}\nEVENTS {\n  checkpoint cmd="ctl_cyrusdb -c" period=30\n}\n`,
  );
  for (const user of [...users, 'cyrus']) runInside(root, ['saslpasswd2', '-p', '-c', '-u', 'cyrus.example.com', user], 'secret');
  chownSync(path.join(root, 'etc/sasldb2'), CYRUS_UID, MAIL_GID);
  let daemon: Daemon;
  const start = async (): Promise<void> => {
    daemon = new Daemon(root, ['/usr/lib/cyrus/bin/master', '-D'], {});
    await daemon.answers(ports[protocol]);
  };
  await start();
  return {
    version,
    protocol,
    port: ports[protocol],
    ...(protocol === 'imap'
      ? {
          prefix: 'INBOX.',
          async share(stand) {
            await giveRights(stand, 'colleague', 'INBOX.Team');
            return ['user.colleague.Team'];
          },
          fill: (user, isFull) => asAdmin(ports.imap, `SETQUOTA user.${user} (STORAGE ${isFull ? 1 : 100_000})`),
        }
      : { deliver: (user, sources) => imapFace({ imapPort: ports.imap, imapsPort: 0 }).appendAll('INBOX', sources, { user }) }),
    kill: () => daemon.kill(),
    start,
    remove: async () => {
      await daemon.kill();
      remove();
    },
  };
}

/** One command by who may do everything; throws what the server says against it. */
async function asAdmin(port: number, command: string): Promise<void> {
  const socket = connect(port, loopback);
  const answers = createInterface({ input: socket });
  socket.write(`a LOGIN cyrus secret\r\nb ${command}\r\nc LOGOUT\r\n`);
  for await (const line of answers) if (/^[ab] (NO|BAD)/.test(line)) throw new Error(line);
}

export const kind: Kind = { title: 'Cyrus IMAP', start: (users) => startCyrus(users, 'imap') };
