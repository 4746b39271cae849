#!/usr/bin/env bash
# postal-mime 4.0.0: a quoted paragraph in format=flowed keeps the quote mark of its second line inside the sentence.
#
# Guess: lines of the same quote depth are joined without their marks (RFC 3676 section 4.5): "> one two".
# Seen:  "> one > two"; mailparser 3.14.2 joins them right.
# Hurts: what looks for ">" at the start of lines, or shows the quote, gets marks between words.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts postal-mime@4.0.0 mailparser@3.14.2

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
const source = 'From: a@example.com\r\nContent-Type: text/plain; format=flowed\r\n\r\n> one \r\n> two\r\n';
console.log('postal-mime', JSON.stringify((await PostalMime.parse(source)).text));
console.log('mailparser ', JSON.stringify((await simpleParser(source)).text));
JS

cat >expected <<'SEEN'
postal-mime "> one > two\n"
mailparser  "> one two"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
