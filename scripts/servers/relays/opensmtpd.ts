import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, loopback } from '../../../tests/support/mail-server';
import { Daemon, giveAccounts } from '../chroot';
import { unpack } from '../packages';
import { LOCAL_DOMAIN, RELAY_HOST, runRelay, type RelayKind } from '../relay';

export const kind: RelayKind = {
  title: 'OpenSMTPD',
  async start({ nextPort, maxBytes }) {
    const unpacked = unpack(['opensmtpd']);
    const { root } = unpacked;
    const port = await freePort();
    giveAccounts(root, [], [], ['opensmtpd', 'opensmtpq']);
    for (const folder of ['var/lib/opensmtpd/empty', 'var/spool', 'run', 'etc/mail'])
      mkdirSync(path.join(root, folder), { recursive: true });
    chownSync(path.join(root, 'var/spool'), 0, 0);
    writeFileSync(path.join(root, 'etc/aliases'), '');
    writeFileSync(path.join(root, 'etc/mailname'), `${RELAY_HOST}\n`);
    writeFileSync(
      path.join(root, 'etc/smtpd.conf'),
      `
smtp max-message-size ${maxBytes}
table aliases file:/etc/aliases
listen on ${loopback} port ${port} hostname ${RELAY_HOST}
queue ttl 20s
bounce warn-interval 6s
action "local" mbox alias <aliases>
action "next" relay host smtp://${loopback}:${nextPort}
match from any for domain "${LOCAL_DOMAIN}" action "local"
match from any for any action "next"
`,
    );
    return runRelay(unpacked, port, () => [new Daemon(root, ['/usr/sbin/smtpd', '-d', '-v', '-f', '/etc/smtpd.conf'])]);
  },
};
