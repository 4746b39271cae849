import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, loopback } from '../../../tests/support/mail-server';
import { Daemon, giveAccounts, systemUid } from '../chroot';
import { unpack } from '../packages';
import { LOCAL_DOMAIN, RELAY_HOST, runRelay, type RelayKind } from '../relay';

const SERVICES = `
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 1 1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
verify    unix  - - n - 1 verify
proxymap  unix  - - n - - proxymap
smtp      unix  - - n - - smtp
relay     unix  - - n - - smtp
showq     unix  n - n - - showq
error     unix  - - n - - error
retry     unix  - - n - - error
discard   unix  - - n - - discard
local     unix  - n n - - local
anvil     unix  - - n - 1 anvil
scache    unix  - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
`;

const QUEUES = 'active bounce corrupt defer deferred flush hold incoming private maildrop public saved trace'.split(' ');

export const kind: RelayKind = {
  title: 'Postfix',
  async start({ nextPort, maxBytes }) {
    const unpacked = unpack(['postfix', 'netbase']);
    const { root } = unpacked;
    const port = await freePort();
    giveAccounts(root, [], [], ['postfix', 'postdrop']);
    const etc = path.join(root, 'etc/postfix');
    mkdirSync(etc, { recursive: true });
    const settings = {
      compatibility_level: '3.6',
      queue_directory: '/var/spool/postfix',
      command_directory: '/usr/sbin',
      daemon_directory: '/usr/lib/postfix/sbin',
      data_directory: '/var/lib/postfix',
      mail_owner: 'postfix',
      setgid_group: 'postdrop',
      myhostname: RELAY_HOST,
      mydestination: LOCAL_DOMAIN,
      local_recipient_maps: 'inline:{ nobody-lives-here=x }',
      mynetworks: '127.0.0.0/8',
      inet_interfaces: 'all',
      inet_protocols: 'ipv4',
      relayhost: `[${loopback}]:${nextPort}`,
      message_size_limit: String(maxBytes),
      maillog_file: '/var/log/mail.log',
      maillog_file_prefixes: '/var',
      smtp_dns_support_level: 'disabled',
      smtputf8_enable: 'yes',
      delay_warning_time: '6s',
      maximal_queue_lifetime: '20s',
      bounce_queue_lifetime: '20s',
      queue_run_delay: '2s',
      minimal_backoff_time: '2s',
      maximal_backoff_time: '4s',
    };
    writeFileSync(
      path.join(etc, 'main.cf'),
      Object.entries(settings)
        .map(([name, value]) => `${name} = ${value}\n`)
        .join(''),
    );
    writeFileSync(path.join(etc, 'master.cf'), `${loopback}:${port} inet n - n - - smtpd\n${SERVICES}`);
    for (const folder of ['var/log', 'var/spool/postfix', 'var/spool/postfix/pid']) mkdirSync(path.join(root, folder), { recursive: true });
    for (const folder of ['../../lib/postfix', ...QUEUES]) {
      const queue = path.join(root, 'var/spool/postfix', folder);
      mkdirSync(queue, { recursive: true });
      chownSync(queue, systemUid(0), systemUid(folder === 'public' || folder === 'maildrop' ? 1 : 0));
    }
    return runRelay(unpacked, port, () => [new Daemon(root, ['/usr/lib/postfix/sbin/master', '-d'])]);
  },
};
