#!/usr/bin/env bash
# ImapFlow 2.10.2 with Dovecot 2.3.19 (Debian 12): messageFlagsAdd(…, { silent: true }) is answered with a row for each message.
#
# Guess: `silent` sends +FLAGS.SILENT, "suppresses the server from sending back updated flags", and a STORE of a thousand messages is answered by one line.
# Seen:  ImapFlow enables CONDSTORE as it signs in, unasked. From then on the server says the new MODSEQ of every message it has marked, silent or not (RFC 7162 section 3.1.4.1), and
#        each FETCH has a MODSEQ more. With `disableAutoEnable: true` the STORE is silent; UTF8=ACCEPT, which the same command enables, is then to be enabled by whoever wants it.
# Hurts: who marks a mailbox as read reads a line for each message, which ImapFlow takes apart and turns into an event: a fourth of the lines of an import.
#
# Needs Debian 12, apt-get and npm; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show dovecot-imapd >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root dovecot-core dovecot-imapd=1:2.3.19.1+dfsg1-2.1+deb12u7 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
npm init -y >/dev/null
npm install --silent --no-audit --no-fund imapflow@2.10.2
root=$work/root/usr
chmod 755 "$work"
mkdir -m 777 box home
export IMAP=$root/lib/dovecot/imap LD_LIBRARY_PATH=$root/lib/dovecot:$(echo "$root"/lib/*-linux-gnu) DOVECONF_ENV=1 USER=nobody FIRST_VALID_UID=1 MAIL_LOCATION=mdbox:$work/box
cat >client.cjs <<'JS'
const { spawn } = require('node:child_process');
const { createServer } = require('node:net');
const { ImapFlow } = require('imapflow');

/** Dovecot's imap process has signed in already: what a client says to do so is answered here. */
const server = createServer((socket) => {
  const asRoot = process.getuid() === 0;
  const [command, ...args] = asRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', process.env.IMAP] : [process.env.IMAP];
  const imap = spawn(command, args, { env: { ...process.env, HOME: `${__dirname}/home` } });
  let greeted = false;
  imap.stdout.on('data', (data) => {
    const text = greeted ? data.toString() : data.toString().replace(/^\* PREAUTH/, '* OK');
    greeted = true;
    for (const line of text.split('\r\n')) if (/^\* \d+ FETCH/.test(line)) server.rows.push(line.replace(/\d{2,}/g, 'N'));
    socket.write(text);
  });
  socket.on('data', (data) => {
    const login = /^(\S+) (?:LOGIN|AUTHENTICATE) /.exec(data.toString());
    if (login) socket.write(`${login[1]} OK signed in\r\n`);
    else imap.stdin.write(data);
  });
  socket.on('close', () => imap.kill()).on('error', () => {});
});
server.rows = [];

async function main() {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  for (const disableAutoEnable of [false, true]) {
    const auth = { user: 'anna', pass: 'secret', loginMethod: 'LOGIN' };
    const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth, logger: false, disableAutoEnable });
    await client.connect();
    if (!disableAutoEnable) for (const subject of ['Printer', 'Invoice', 'Order']) await client.append('INBOX', `Subject: ${subject}\r\n\r\nHello\r\n`);
    await client.mailboxOpen('INBOX');
    server.rows = [];
    const flag = disableAutoEnable ? '\\Flagged' : '\\Seen';
    await client.messageFlagsAdd('1:*', [flag], { silent: true });
    console.log(disableAutoEnable ? 'disableAutoEnable:' : 'as it comes:', [...client.enabled].join() || 'nothing enabled,', server.rows.length, 'rows');
    await client.logout();
  }
  server.close();
}
main();
JS
cat >expected <<'SEEN'
as it comes: CONDSTORE 3 rows
disableAutoEnable: nothing enabled, 0 rows
SEEN
timeout 60 node client.cjs | tee seen
diff expected seen && echo 'as described'
