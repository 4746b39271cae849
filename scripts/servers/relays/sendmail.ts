import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, loopback } from '../../../tests/support/mail-server';
import { Daemon, giveAccounts, runInside } from '../chroot';
import { unpack } from '../packages';
import { LOCAL_DOMAIN, RELAY_HOST, runRelay, type RelayKind } from '../relay';

export const kind: RelayKind = {
  title: 'Sendmail',
  async start({ nextPort, maxBytes }) {
    const unpacked = unpack(['sendmail-bin', 'sendmail-base', 'sendmail-cf', 'm4']);
    const { root } = unpacked;
    const port = await freePort();
    giveAccounts(root, [], [], ['smmta', 'smmsp']);
    for (const folder of ['var/spool/mqueue', 'etc/mail', 'var/mail']) mkdirSync(path.join(root, folder), { recursive: true });
    const inRoot = (file: string, text: string): void => writeFileSync(path.join(root, file), text);
    inRoot('etc/aliases', '');
    inRoot('etc/mail/local-host-names', `${LOCAL_DOMAIN}\n`);
    inRoot('etc/mail/service.switch', 'hosts files\naliases files\npasswd files\n');
    inRoot(
      'etc/mail/sendmail.mc',
      `
include(\`/usr/share/sendmail/cf/m4/cf.m4')
OSTYPE(\`linux')
define(\`confDOMAIN_NAME', \`${RELAY_HOST}')
define(\`confSERVICE_SWITCH_FILE', \`/etc/mail/service.switch')
define(\`confMAX_MESSAGE_SIZE', \`${maxBytes}')
define(\`confTO_QUEUEWARN', \`6s')
define(\`confTO_QUEUERETURN', \`20s')
define(\`confMIN_QUEUE_AGE', \`1s')
define(\`confHOST_STATUS_DIRECTORY', \`')
define(\`confTO_HOSTSTATUS', \`0s')
define(\`SMTP_MAILER_ARGS', \`TCP $h ${nextPort}')
define(\`SMART_HOST', \`smtp:[${loopback}]')
define(\`ALIAS_FILE', \`/etc/aliases')
define(\`PROCMAIL_MAILER_PATH', \`/bin/false')
FEATURE(\`use_cw_file')
FEATURE(\`promiscuous_relay')
FEATURE(\`accept_unresolvable_domains')
FEATURE(\`accept_unqualified_senders')
FEATURE(\`nocanonify')
FEATURE(\`no_default_msa')
DAEMON_OPTIONS(\`Name=MTA, Addr=${loopback}, Port=${port}')
MAILER(\`local')
MAILER(\`smtp')
`,
    );
    inRoot('etc/mail/sendmail.cf', runInside(root, ['m4', '-D_CF_DIR_=/usr/share/sendmail/cf/', '/etc/mail/sendmail.mc']));
    return runRelay(unpacked, port, () => [new Daemon(root, ['/usr/libexec/sendmail/sendmail', '-bD', '-q2s', '-C/etc/mail/sendmail.cf'])]);
  },
};
