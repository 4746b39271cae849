#!/usr/bin/env bash
# imapflow 2.10.2: download() gives a text in UTF-8, downloadMany() the same text in the charset that it was sent in.
#
# Guess: the second is the first for several parts, since both decode base64 and quoted-printable and take the same options.
# Seen:  "Gr=FC=DFe" in ISO-8859-1 is 4772c3bcc39f65 and charset "utf-8" by the one, 4772fcdf65 and "iso-8859-1" by the other, also with decodeText: true.
# Hurts: who goes over to downloadMany() to save round trips stores umlauts as question marks.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts imapflow@2.10.2

cat >try.mjs <<'JS'
import net from 'node:net';
import readline from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { ImapFlow } from 'imapflow';

const literal = (words) => `{${words.length}}\r\n${words}`;
// A server that answers as Dovecot 2.3 does to these commands.
const answers = [
  [/CAPABILITY/, ['* CAPABILITY IMAP4rev1 LITERAL+ UIDPLUS MOVE']],
  [/NAMESPACE/, ['* NAMESPACE (("" "/")) NIL NIL']],
  [/^ID /, ['* ID NIL']],
  [/^(LIST|LSUB)/, (line) => ['* ' + (/LSUB/.test(line) ? 'LSUB' : 'LIST') + ' () "/" INBOX']],
  [/^SELECT/, ['* FLAGS (\\Seen)', '* 3 EXISTS', '* OK [UNSEEN 2] first', '* OK [UIDVALIDITY 1] ok', '* OK [UIDNEXT 9] ok', '* OK [PERMANENTFLAGS (\\Seen \\*)] ok', 'OK [READ-WRITE] done']],
  [/BODYSTRUCTURE/, ['* 1 FETCH (UID 1 BODYSTRUCTURE (("text" "plain" ("charset" "iso-8859-1") NIL NIL "quoted-printable" 9 1 NIL NIL NIL NIL)("application" "pdf" NIL NIL NIL "base64" 12 NIL NIL NIL NIL) "mixed" ("boundary" "b") NIL NIL NIL))']],
  [/BODY\.PEEK/, (line) => ['* 1 FETCH (UID 1 RFC822.SIZE 300 ' + [...line.matchAll(/BODY\.PEEK\[([^\]]*)\](<\d+)?/g)].map(([, part, from]) => `BODY[${part}]${from ? from + '>' : ''} ` + literal(part.endsWith('MIME') ? 'Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n' : from && from !== '<0' ? '' : 'Gr=FC=DFe')).join(' ') + ')']],
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
const one = await client.download('1', '1');
console.log('download:', (await buffer(one.content)).toString('hex'), one.meta.charset);
const many = await client.downloadMany('1', ['1'], { decodeText: true });
console.log('downloadMany:', many['1'].content.toString('hex'), many['1'].meta.charset);
process.exit(0);
JS

cat >expected <<'SEEN'
download: 4772c3bcc39f65 utf-8
downloadMany: 4772fcdf65 iso-8859-1
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
