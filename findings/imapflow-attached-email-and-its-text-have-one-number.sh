#!/usr/bin/env bash
# imapflow 2.10.2: in bodyStructure an attached email and the text inside it have the same part number.
#
# Guess: the text inside part 2 (message/rfc822) is part 2.1 (RFC 9051 section 6.4.5.1).
# Seen:  it is "2" like the email itself; parts of a multipart inside are 3.1 and 3.2, as they should be.
# Hurts: who downloads each text by its part gets header and text of the attached email as if somebody had written them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts imapflow@2.10.2

cat >try.mjs <<'JS'
import net from 'node:net';
import readline from 'node:readline';
import { ImapFlow } from 'imapflow';
// A server that answers as Dovecot 2.3 does to these commands.
const answers = [
  [/CAPABILITY/, ['* CAPABILITY IMAP4rev1 LITERAL+ UIDPLUS MOVE']],
  [/NAMESPACE/, ['* NAMESPACE (("" "/")) NIL NIL']],
  [/^ID /, ['* ID NIL']],
  [/^(LIST|LSUB)/, (line) => ['* ' + (/LSUB/.test(line) ? 'LSUB' : 'LIST') + ' () "/" INBOX']],
  [/^SELECT/, ['* FLAGS (\\Seen)', '* 3 EXISTS', '* OK [UNSEEN 2] first', '* OK [UIDVALIDITY 1] ok', '* OK [UIDNEXT 9] ok', '* OK [PERMANENTFLAGS (\\Seen \\*)] ok', 'OK [READ-WRITE] done']],
  [/BODYSTRUCTURE/, ['* 1 FETCH (UID 1 BODYSTRUCTURE (("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 6 1 NIL NIL NIL NIL)("message" "rfc822" NIL NIL NIL "7bit" 34 (NIL "order" NIL NIL NIL NIL NIL NIL NIL NIL) ("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 8 1 NIL NIL NIL NIL) 4 NIL NIL NIL NIL)("message" "rfc822" NIL NIL NIL "7bit" 60 (NIL "offer" NIL NIL NIL NIL NIL NIL NIL NIL) (("text" "plain" NIL NIL NIL "7bit" 1 1 NIL NIL NIL NIL)("text" "html" NIL NIL NIL "7bit" 1 1 NIL NIL NIL NIL) "alternative" ("boundary" "c") NIL NIL NIL) 4 NIL NIL NIL NIL) "mixed" ("boundary" "b") NIL NIL NIL))']],
];
const server = net.createServer((socket) => {
  socket.write('* PREAUTH ready\r\n');
  readline.createInterface({ input: socket }).on('line', (line) => {
    const [tag] = line.split(' ');
    const [, reply] = answers.find(([pattern]) => pattern.test(line.slice(tag.length + 1))) ?? [, []];
    const lines = typeof reply === 'function' ? reply(line) : reply;
    const last = lines.at(-1)?.startsWith('NO ') || lines.at(-1)?.startsWith('OK ') ? lines.at(-1) : 'OK done';
    socket.write(lines.filter((one) => one !== last).map((one) => one + '\r\n').join('') + tag + ' ' + last + '\r\n');
  });
  socket.on('error', () => {});
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const client = new ImapFlow({ host: '127.0.0.1', port: server.address().port, secure: false, doSTARTTLS: false, auth: { user: 'a', pass: 'b' }, logger: false });
await client.connect();

await client.mailboxOpen('INBOX');
const { bodyStructure } = await client.fetchOne('1', { bodyStructure: true });
const show = (node, depth) => {
  console.log('  '.repeat(depth) + node.type, node.part ?? '-');
  node.childNodes?.forEach((one) => show(one, depth + 1));
};
show(bodyStructure, 0);
process.exit(0);
JS

cat >expected <<'SEEN'
multipart/mixed -
  text/plain 1
  message/rfc822 2
    text/plain 2
  message/rfc822 3
    multipart/alternative 3
      text/plain 3.1
      text/html 3.2
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
