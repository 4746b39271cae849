import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, loopback } from '../../../tests/support/mail-server';
import { Daemon, giveAccounts, MAIL_GID, runInside } from '../chroot';
import { unpack } from '../packages';
import { giveRights } from '../rights';
import type { Kind, Running } from '../types';

const PACKAGES = ['cyrus-imapd', 'cyrus-common', 'sasl2-bin', 'libsasl2-modules', 'libsasl2-modules-db', 'tzdata'];
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
async function startCyrus(users: readonly string[]): Promise<Running> {
  const { root, version, remove } = unpack(PACKAGES);
  const port = await freePort();
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
    `START {\n  recover cmd="ctl_cyrusdb -r"\n}\nSERVICES {\n  imap cmd="imapd -U 30" listen="${loopback}:${port}" prefork=0 maxchild=100\n}\nEVENTS {\n  checkpoint cmd="ctl_cyrusdb -c" period=30\n}\n`,
  );
  for (const user of users) runInside(root, ['saslpasswd2', '-p', '-c', '-u', 'cyrus.example.com', user], 'secret');
  chownSync(path.join(root, 'etc/sasldb2'), CYRUS_UID, MAIL_GID);
  let daemon: Daemon;
  const start = async (): Promise<void> => {
    daemon = new Daemon(root, ['/usr/lib/cyrus/bin/master', '-D'], {});
    await daemon.answers(port);
  };
  await start();
  return {
    version,
    protocol: 'imap',
    port,
    prefix: 'INBOX.',
    async share(stand) {
      await giveRights(stand, 'colleague', 'INBOX.Team');
      return ['user.colleague.Team'];
    },
    kill: () => daemon.kill(),
    start,
    remove: async () => {
      await daemon.kill();
      remove();
    },
  };
}

export const kind: Kind = { title: 'Cyrus IMAP', start: startCyrus };
