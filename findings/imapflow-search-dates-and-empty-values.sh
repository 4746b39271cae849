#!/usr/bin/env bash
# imapflow 2.10.2: "before" with a time of day means the next day, and a condition without a value vanishes from the search.
#
# Guess: before: 30 November 15:00 becomes BEFORE 30-Nov-2026, as since does with its day; from: '' is sent as FROM "" or refused; a
# search of nothing is ALL.
# Seen:  BEFORE 01-Dec-2026; since takes the day as it is. The condition is left out silently: with others beside it the search
# finds more, alone it is a command without a key.
# Hurts: a program that deletes what is older than a date also deletes of that day; one that looks for the emails of an empty
# address finds all.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts imapflow@2.10.2

cat >try.mjs <<'JS'
process.env.TZ = 'UTC';
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
const { ImapFlow } = await import('imapflow');
const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth: { user: 'anna', pass: 'x' }, logger: false, disableAutoIdle: true });
await client.connect();
await client.mailboxOpen('INBOX');
const noon = new Date('2026-11-30T15:00:00Z');
for (const query of [{ since: noon }, { before: noon }, { before: new Date('2026-11-30T00:00:00Z') }, { on: noon }, { sentBefore: noon }, { from: '', seen: false }, { from: undefined, seen: false }, { subject: '' }, { since: 'last week', seen: false }]) {
  lines.length = 0;
  await client.search(query, { uid: true });
  console.log(JSON.stringify(query, (key, value) => (value === undefined ? 'undefined' : value)), '->', lines.filter((line) => line.startsWith('UID')).join(' '));
}
client.close();
process.exit(0);
JS

cat >expected <<'SEEN'
{"since":"2026-11-30T15:00:00.000Z"} -> UID SEARCH SINCE 30-Nov-2026
{"before":"2026-11-30T15:00:00.000Z"} -> UID SEARCH BEFORE 01-Dec-2026
{"before":"2026-11-30T00:00:00.000Z"} -> UID SEARCH BEFORE 30-Nov-2026
{"on":"2026-11-30T15:00:00.000Z"} -> UID SEARCH ON 30-Nov-2026
{"sentBefore":"2026-11-30T15:00:00.000Z"} -> UID SEARCH SENTBEFORE 01-Dec-2026
{"from":"","seen":false} -> UID SEARCH UNSEEN
{"from":"undefined","seen":false} -> UID SEARCH UNSEEN
{"subject":""} -> UID SEARCH
{"since":"last week","seen":false} -> UID SEARCH UNSEEN
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
