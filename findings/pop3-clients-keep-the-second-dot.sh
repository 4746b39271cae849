#!/usr/bin/env bash
# node-pop3 0.11.0 and mailpop3 0.1.0: a line that begins with a dot comes out with two.
#
# Guess: the client removes the dot that the server set before it (RFC 1939 section 3).
# Seen:  both hand the lines on as they travel.
# Hurts: hidden files and links at the start of a line get a second dot, signatures of DKIM and S/MIME fail, and in a base64 or a
# style sheet (".button {") something breaks silently.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-pop3@0.11.0 mailpop3@0.1.0

cat >try.mjs <<'JS'
import { once } from 'node:events';
import net from 'node:net';
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const Pop3Command = require('node-pop3');
const Pop3Client = require('mailpop3');
// The server plays by the book: one dot more before each line that begins with a dot.
const mail = 'Subject: x\r\n\r\n.button { color: red }\r\n.\r\nend\r\n';
const server = net.createServer((socket) => {
  socket.write('+OK ready\r\n');
  socket.on('data', (data) => {
    if (/^RETR/i.test(data)) socket.write('+OK\r\n' + mail.replace(/^\./gm, '..') + '.\r\n');
    else socket.write('+OK\r\n');
    if (/^QUIT/i.test(data)) socket.end();
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address();
console.log('the email ', JSON.stringify(mail));
const one = new Pop3Command({ user: 'anna', password: 'x', host: '127.0.0.1', port });
console.log('node-pop3 ', JSON.stringify(await one.RETR(1)));
await one.QUIT();
const two = new Pop3Client(port, '127.0.0.1', { enabletls: false, debug: false });
two.on('connect', () => two.login('anna', 'x'));
two.on('login', () => two.retr(1));
const [, , text] = await once(two, 'retr');
console.log('mailpop3  ', JSON.stringify(text));
process.exit(0);
JS

cat >expected <<'SEEN'
the email  "Subject: x\r\n\r\n.button { color: red }\r\n.\r\nend\r\n"
node-pop3  "Subject: x\r\n\r\n..button { color: red }\r\n..\r\nend"
mailpop3   "Subject: x\r\n\r\n..button { color: red }\r\n..\r\nend"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
