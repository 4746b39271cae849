#!/usr/bin/env bash
# node-mbox 2.0.0: the last line of a file that has no line end behind it is gone, and ">From" stays as the mailbox escaped it.
#
# Guess: the messages come out as they were put in: the last line without its line end, ">From here on" as "From here on".
# Seen:  "Regards, Bob" is missing from the last message, without an error; the same file with a line end behind it is whole. ">From" stays.
# Hurts: files that were cut from a larger one, or sent through a form, have no last line end: a move to another desk loses the end of the
#        newest letter, and of an attachment its last line of base64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-mbox@2.0.0

cat >try.cjs <<'JS'
const { Readable } = require('node:stream');
const { MboxStream } = require('node-mbox');

const MBOX = [
  'From anna@example.com Mon Nov 30 06:00:00 2026',
  'Subject: One',
  '',
  '>From here on all is well.',
  '',
  'From bob@example.com Mon Nov 30 07:00:00 2026',
  'Subject: Two',
  '',
  'Thank you.',
  'Regards, Bob',
].join('\n');

const read = (text) =>
  new Promise((resolve, reject) => {
    const messages = [];
    MboxStream(Readable.from([Buffer.from(text)]))
      .on('data', (message) => messages.push(message.toString()))
      .on('finish', () => resolve(messages))
      .on('error', reject);
  });

(async () => {
  for (const [name, text] of [['without a line end', MBOX], ['with a line end', `${MBOX}\n`]]) {
    console.log(name);
    for (const message of await read(text)) console.log(' ', JSON.stringify(message));
  }
})();
JS

cat >expected <<'SEEN'
without a line end
  "Subject: One\n\n>From here on all is well.\n\n"
  "Subject: Two\n\nThank you.\n"
with a line end
  "Subject: One\n\n>From here on all is well.\n\n"
  "Subject: Two\n\nThank you.\nRegards, Bob\n"
SEEN
node try.cjs | tee seen
diff expected seen && echo 'as described'
