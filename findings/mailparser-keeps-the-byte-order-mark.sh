#!/usr/bin/env bash
# mailparser 3.14.2: a byte order mark at the start of a body stays as an invisible first letter.
#
# Guess: it is dropped when the text is decoded, as TextDecoder does.
# Seen:  text begins with U+FEFF; postal-mime 4.0.0 drops it.
# Hurts: a rule "text begins with STOP" does not match, and nobody sees why.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2 postal-mime@4.0.0

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
const head = 'From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: ';
const sources = [head + '8bit\r\n\r\n\ufeffSTOP', head + 'base64\r\n\r\n' + Buffer.from('\ufeffSTOP').toString('base64')];
for (const source of sources) console.log('mailparser', (await simpleParser(source)).text.length, 'characters | postal-mime', (await PostalMime.parse(source)).text.trim().length);
JS

cat >expected <<'SEEN'
mailparser 5 characters | postal-mime 4
mailparser 5 characters | postal-mime 4
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
