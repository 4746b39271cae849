#!/usr/bin/env bash
# @strapi/provider-email-nodemailer 5.54.0: a mail with text alone gets that text as its HTML part, unescaped, and one with HTML alone the HTML as its text.
#
# Guess: what is not given is left out, as Nodemailer does; or the other part is made of it (escaped, or without tags).
# Seen:  both parts hold the same octets. In most programs the HTML part is shown: line ends are gone, and "<anna@example.com>" is an unknown element.
# Hurts: a notice of five lines is one line without its addresses; who reads plain text sees tags.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @strapi/provider-email-nodemailer@5.54.0

cat >try.mjs <<'JS'
import net from 'node:net';
import readline from 'node:readline';
import provider from '@strapi/provider-email-nodemailer';
const mails = [];
const server = net.createServer((socket) => {
  let lines = null;
  socket.write('220 ready\r\n');
  readline.createInterface({ input: socket }).on('line', (line) => {
    if (lines && line === '.') mails.push(lines.join('\n'));
    else if (lines) return void lines.push(line);
    lines = /^DATA/i.test(line) ? [] : null;
    socket.write(lines ? '354 go on\r\n' : /^QUIT/i.test(line) ? '221 bye\r\n' : '250 ok\r\n');
  });
  socket.on('error', () => {});
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const { send } = provider.init({ host: '127.0.0.1', port: server.address().port, ignoreTLS: true }, { defaultFrom: 'desk@example.com', defaultReplyTo: 'desk@example.com' });
for (const words of [{ text: 'Dear Anna,\nwrite to <bob@example.com> if 5 < 7.' }, { html: '<p>Dear Anna</p>' }, { html: '<p>Dear Anna</p>', text: '' }]) {
  await send({ to: 'anna@example.com', subject: 'x', ...words });
  console.log(JSON.stringify(words));
  for (const [, type, body] of mails.pop().matchAll(/^Content-Type: (text\/\w+)[^]*?\n\n([^]*?)(?=\n--|$(?![^]))/gm)) console.log('  ' + type, JSON.stringify(body));
}
process.exit(0);
JS

cat >expected <<'SEEN'
{"text":"Dear Anna,\nwrite to <bob@example.com> if 5 < 7."}
  text/plain "Dear Anna,\nwrite to <bob@example.com> if 5 < 7."
  text/html "Dear Anna,\nwrite to <bob@example.com> if 5 < 7."
{"html":"<p>Dear Anna</p>"}
  text/plain "<p>Dear Anna</p>"
  text/html "<p>Dear Anna</p>"
{"html":"<p>Dear Anna</p>","text":""}
  text/html "<p>Dear Anna</p>"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
