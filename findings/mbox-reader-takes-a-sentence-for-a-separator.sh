#!/usr/bin/env bash
# mbox-reader 1.2.0: a line of a letter that begins with "From " starts a new email, and the line itself is lost.
#
# Guess: a separator has an address and a date behind "From " (RFC 4155 appendix A); other lines stay text.
# Seen:  the letter is cut before "From here on …", that sentence is gone, and the rest is an email without headers, time false.
# Hurts: importing an archive of a program that quotes only real separators loses sentences and makes tickets of their rest.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mbox-reader@1.2.0

cat >try.mjs <<'JS'
import { Readable } from 'node:stream';
import { mboxReader } from 'mbox-reader';
const mbox = ['From anna@example.com Fri Nov 21 09:55:06 1997', 'Subject: one', '', 'Dear all,', '', 'From here on I write.', 'Bye', '', 'From bob@example.com Sat Nov 22 09:55:06 1997', 'Subject: two', '', 'Hi', ''].join('\n');
for await (const message of mboxReader(Readable.from([Buffer.from(mbox)]))) console.log(JSON.stringify([message.returnPath, message.time, message.content.toString()]));
JS

cat >expected <<'SEEN'
["anna@example.com","1997-11-21T09:55:06.000Z","Subject: one\n\nDear all,"]
["here",false,"Bye"]
["bob@example.com","1997-11-22T09:55:06.000Z","Subject: two\n\nHi"]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
