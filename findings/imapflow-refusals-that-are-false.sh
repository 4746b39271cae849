#!/usr/bin/env bash
# imapflow 2.10.2: to copy or move into a folder that does not exist, or to set a flag that is refused, is no error but false; to append there is one.
#
# Guess: a command that the server answers with NO rejects, as append(), mailboxOpen() and mailboxDelete() do.
# Seen:  messageCopy(), messageMove(), messageFlagsAdd() and messageDelete() resolve with false, and the reason is lost.
# Hurts: "await client.messageMove(…)" without a look at its answer leaves the letters where they are, and the program counts them as done.
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
  [/^SELECT "?INBOX"?$/, ['* FLAGS (\\Seen)', '* 3 EXISTS', '* OK [UNSEEN 2] first', '* OK [UIDVALIDITY 1] ok', '* OK [UIDNEXT 9] ok', '* OK [PERMANENTFLAGS (\\Seen \\*)] ok', 'OK [READ-WRITE] done']],
  [/STORE/, (line) => (/Broken/.test(line) ? ['NO [CANNOT] no such flag here'] : [])],
  [/EXPUNGE/, ['NO [NOPERM] others read here']],
  [/COPY|MOVE|APPEND|DELETE|SELECT INBOX\/Nowhere/, ['NO [TRYCREATE] no such folder']],
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

const attempt = async (name, promise) => console.log(name, '->', await promise.catch((error) => 'rejects: ' + error.responseText));
await client.mailboxOpen('INBOX');
await attempt('messageFlagsAdd', client.messageFlagsAdd('1', ['Broken']));
await attempt('messageCopy', client.messageCopy('1', 'Nowhere'));
await attempt('messageMove', client.messageMove('1', 'Nowhere'));
await attempt('messageDelete', client.messageDelete('1', { uid: true }));
await attempt('append', client.append('Nowhere', 'Subject: x'));
await attempt('mailboxDelete', client.mailboxDelete('Nowhere'));
process.exit(0);
JS

cat >expected <<'SEEN'
messageFlagsAdd -> false
messageCopy -> false
messageMove -> false
messageDelete -> false
append -> rejects: no such folder
mailboxDelete -> rejects: no such folder
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
