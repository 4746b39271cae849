#!/usr/bin/env bash
# mbox-parser 1.0.1: a letter in ISO-8859-1 loses its umlauts for good, and the mark of ">From " stays.
#
# Guess: the octets of each letter go to the reader of emails, which looks at its charset; ">From here" is "From here" again.
# Seen:  the file is read as UTF-8 first: the letter has ï¿½ for each umlaut. Letters in UTF-8 and in quoted-printable are right.
# Hurts: old archives are imported with broken names and texts, which nothing can mend later.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mbox-parser@1.0.1

cat >try.mjs <<'JS'
import { Readable } from 'node:stream';
import { mboxParser } from 'mbox-parser';
const letter = (type, encoding, body) => Buffer.concat([Buffer.from('From anna@example.com Sun Nov 29 10:00:00 2026\nFrom: anna@example.com\nSubject: ' + type + '\nMIME-Version: 1.0\nContent-Type: text/plain; charset=' + type + '\nContent-Transfer-Encoding: ' + encoding + '\n\n'), body, Buffer.from('\n\n')]);
const file = Buffer.concat([letter('utf-8', '8bit', Buffer.from('grün\n>From here')), letter('iso-8859-1', '8bit', Buffer.from('grün\n>From here', 'latin1')), letter('iso-8859-1', 'quoted-printable', Buffer.from('gr=FCn'))]);
for (const mail of await mboxParser(Readable.from([file]))) console.log(mail.subject, JSON.stringify(mail.text.trim()));
JS

cat >expected <<'SEEN'
utf-8 "grün\n>From here"
iso-8859-1 "grï¿½n\n>From here"
iso-8859-1 "grün"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
