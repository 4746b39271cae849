#!/usr/bin/env bash
# @strapi/provider-email-sendmail 5.54.0 (the default of Strapi): each domain of the recipients gets a mail with a Message-ID of its own.
#
# Guess: it hands the mail to the sendmail of the machine; one mail has one Message-ID, whoever gets it (RFC 5322 section 3.6.4).
# Seen:  it connects to the servers of the recipients itself, once per domain, and Nodemailer makes the mail anew each time. A recipient as an object,
# { name, address }, which Nodemailer takes, is no recipient.
# Hurts: two people who both answer are in two conversations; a bounce names an id that is stored nowhere.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @strapi/provider-email-sendmail@5.54.0

cat >try.mjs <<'JS'
import net from 'node:net';
import readline from 'node:readline';
import provider from '@strapi/provider-email-sendmail';
const mails = [];
const server = net.createServer((socket) => {
  let lines = null;
  let recipients = [];
  socket.write('220 ready\r\n');
  readline.createInterface({ input: socket }).on('line', (line) => {
    if (/^RCPT/i.test(line)) recipients.push(line.slice(8));
    if (lines && line === '.') mails.push({ recipients, lines });
    else if (lines) return void lines.push(line);
    lines = /^DATA/i.test(line) ? [] : null;
    socket.write(lines ? '354 go on\r\n' : /^QUIT/i.test(line) ? '221 bye\r\n' : '250 ok\r\n');
  });
  socket.on('error', () => {});
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const { send } = provider.init({ devHost: '127.0.0.1', devPort: server.address().port }, { defaultFrom: 'desk@example.com' });
await send({ to: 'anna@example.com, bob@example.org', cc: 'carl@example.com', subject: 'x', text: 'Hello' });
for (const { recipients } of mails) console.log(recipients.join(' '));
console.log('mails:', mails.length, 'ids:', new Set(mails.map(({ lines }) => lines.find((line) => /^message-id/i.test(line)))).size);
await send({ to: { name: 'Anna', address: 'anna@example.com' }, subject: 'x', text: 'Hello' }).catch((error) => console.log('object:', error.message));
process.exit(0);
JS

cat >expected <<'SEEN'
<anna@example.com> <carl@example.com>
<bob@example.org>
mails: 2 ids: 2
object: addresses.split is not a function
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
