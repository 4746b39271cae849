import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, loopback } from '../../../tests/support/mail-server';
import { Daemon, giveAccounts, runInside, systemUid } from '../chroot';
import { unpack } from '../packages';
import { LOCAL_DOMAIN, RELAY_HOST, runRelay, type RelayKind } from '../relay';

/** As Debian has it, but that no names are looked up. MAXPERIP counts all connections from one address. */
const MAX_PER_IP = 5;
const environment = {
  AUTHMODULES: 'authdaemon',
  authdaemonvar: '/run/courier/authdaemon',
  authmodulelist: 'authpam',
  daemons: '2',
  LOGGEROPTS: '',
  DEFAULTOPTIONS: '',
  MAXPERIP: String(MAX_PER_IP),
  BOFHCHECKDNS: '0',
  BOFHNOEXPN: '1',
  BOFHNOVRFY: '1',
  TARPIT: '1',
  NOADDMSGID: '1',
  NOADDDATE: '1',
  NOADDRREWRITE: '0',
  AUTH_REQUIRED: '0',
  DSNTOAUTHADDR: '0',
  DYNAMICDELIVERIES: '1',
  DEFAULTDELIVERY: './Maildir',
  ESMTP_BLOCKBACKSCATTER: 'smtp/dsn',
  ESMTP_USE_STARTTLS: '0',
  RELAYCLIENT: '',
  SHELL: '/bin/sh',
};

export const kind: RelayKind = {
  title: 'Courier',
  async start({ nextPort, maxBytes }) {
    const unpacked = unpack(['courier-mta', 'courier-base', 'courier-authlib', 'courier-authdaemon', 'libpam-modules', 'dash']);
    const { root } = unpacked;
    const port = await freePort();
    giveAccounts(root, [], ['esmtp'], ['courier']);
    const uid = systemUid(0);
    const etc = (name: string, text: string): void => writeFileSync(path.join(root, 'etc/courier', name), `${text}\n`);
    etc('me', RELAY_HOST);
    etc('locals', LOCAL_DOMAIN);
    etc('defaultdomain', LOCAL_DOMAIN);
    etc('dsnfrom', `"Courier mail server at ${RELAY_HOST}" <@>`);
    etc('esmtproutes', `:[${loopback}],${nextPort}`);
    etc('sizelimit', String(maxBytes));
    etc('queuetime', '20s');
    etc('warntime', '6s');
    etc('retryalpha', '2s');
    etc('retrybeta', '2s');
    etc('retrygamma', '2s');
    for (const folder of ['msgs', 'msgq', 'tmp', 'tmp/broken', 'track', 'filters', 'allfilters'])
      mkdirSync(path.join(root, 'var/lib/courier', folder), { recursive: true });
    mkdirSync(path.join(root, 'run/courier/authdaemon'), { recursive: true });
    etc('aliases.txt', 'root\tpostmaster\n.');
    const aliases = ['txt', 'tmp', 'dat'].map((end) => `/etc/courier/aliases.${end}`);
    runInside(root, ['/usr/lib/courier/courier/makedatprog', ...aliases], '');
    for (const folder of ['', 'msgs', 'msgq', 'tmp', 'tmp/broken', 'track', 'filters', 'allfilters'])
      chownSync(path.join(root, 'var/lib/courier', folder), uid, uid);
    for (const program of ['courier/submitmkdir']) {
      chownSync(path.join(root, 'usr/lib/courier', program), uid, uid);
      chmodSync(path.join(root, 'usr/lib/courier', program), 0o4755);
    }
    const tcpd = ['/usr/sbin/couriertcpd', `-address=${loopback}`, '-user=courier', '-group=courier', '-maxprocs=40'];
    return runRelay(unpacked, port, () => [
      new Daemon(root, ['/usr/lib/courier/courier-authlib/authdaemond'], environment),
      new Daemon(root, ['/usr/lib/courier/courier/courierd'], environment),
      new Daemon(
        root,
        [...tcpd, `-maxperip=${MAX_PER_IP}`, '-maxperc=5', '-nodnslookup', '-noidentlookup', String(port), '/usr/sbin/courieresmtpd'],
        environment,
      ),
    ]);
  },
};
