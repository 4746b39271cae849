#!/usr/bin/env bash
# postal-mime 4.0.0: a file that is sent as 7bit loses its CR characters and gains a line break at the end.
#
# Guess: the octets of the part; the line break before the boundary belongs to the boundary (RFC 2046 section 5.1.1).
# Seen:  "one CRLF two" becomes "one LF two LF"; mailparser 3.14.2 hands out the octets that were sent.
# Hurts: checksums and signatures of .csv, .asc and .eml files do not fit, and the size is another than in the mail program.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts postal-mime@4.0.0 mailparser@3.14.2

cat >try.mjs <<'JS'
import PostalMime from 'postal-mime';
import { simpleParser } from 'mailparser';
const source = ['From: a@example.com', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: application/octet-stream', 'Content-Disposition: attachment; filename=a.csv', 'Content-Transfer-Encoding: 7bit', '', 'one', 'two', '--x--', ''].join('\r\n');
console.log('postal-mime', JSON.stringify(Buffer.from((await PostalMime.parse(source)).attachments[0].content).toString()));
console.log('mailparser ', JSON.stringify((await simpleParser(source)).attachments[0].content.toString()));
JS

cat >expected <<'SEEN'
postal-mime "one\ntwo\n"
mailparser  "one\r\ntwo"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
