#!/usr/bin/env bash
# imap 0.8.19: the date of an appended email has two signs in its zone west of Greenwich, and one digit for the days 1 to 9.
#
# Guess: " 4-Jan-2026 20:00:00 -0500" for the machine in New York (RFC 3501 section 9: date-day-fixed has two places, the zone a
# sign and four digits).
# Seen:  "4-Jan-2026 20:00:00 --500"; the server plays along here, a real one answers BAD.
# Hurts: copies of sent answers are not stored, for part of the customers and part of the year.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts imap@0.8.19

cat >try.mjs <<'JS'
process.env.TZ = 'America/New_York';
import net from 'node:net';
import { once } from 'node:events';
const lines = [];
const server = net.createServer((socket) => {
  socket.write('* OK [CAPABILITY IMAP4rev1] ready\r\n');
  let rest = '', literal = 0;
  socket.on('data', (data) => {
    rest += data;
    for (let end; (end = rest.indexOf('\r\n')) >= 0;) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (literal) { literal -= end + 2; if (literal < 0) literal = 0; continue; }
      const [tag, ...words] = line.split(' ');
      if (!/^[A-Z0-9]+$/i.test(tag)) continue;
      lines.push(words.join(' '));
      const size = /\{(\d+)\}$/.exec(line);
      if (size) { literal = Number(size[1]); socket.write('+ go on\r\n'); setTimeout(() => socket.write(tag + ' OK done\r\n'), 100); continue; }
      const command = words[0].toUpperCase();
      if (command === 'CAPABILITY') socket.write('* CAPABILITY IMAP4rev1\r\n');
      if (command === 'LIST') socket.write('* LIST () "/" INBOX\r\n');
      if (command === 'SELECT') socket.write('* 3 EXISTS\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 10] x\r\n');
      if (/^UID SEARCH/.test(words.join(' '))) socket.write('* SEARCH 2\r\n');
      socket.write(tag + ' OK [READ-WRITE] done\r\n');
    }
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address();
const { default: Imap } = await import('imap');
const client = new Imap({ user: 'anna', password: 'x', host: '127.0.0.1', port, tls: false });
client.connect();
await once(client, 'ready');
for (const date of ['2026-01-05T01:00:00Z', '2026-07-15T12:00:00Z']) await new Promise((done) => client.append('Subject: x\r\n\r\nx\r\n', { mailbox: 'Sent', date: new Date(date) }, done));
for (const line of lines) if (line.startsWith('APPEND')) console.log(line);
process.exit(0);
JS

cat >expected <<'SEEN'
APPEND "Sent" "4-Jan-2026 20:00:00 --500" {17}
APPEND "Sent" "15-Jul-2026 08:00:00 --400" {17}
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
