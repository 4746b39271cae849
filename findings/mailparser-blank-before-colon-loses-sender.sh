#!/usr/bin/env bash
# mailparser 3.14.2: "From :" with a blank before the colon gives a mail without sender.
#
# Guess: the obsolete form of RFC 5322 section 4.5 ("From" *WSP ":") is read as From.
# Seen:  Subject is read with the blank, From is not: mail.from is undefined. postal-mime 4.0.0 reads both.
# Hurts: old programs and devices still write it; the customer has no address.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2 postal-mime@4.0.0

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
const source = 'From : anna@example.com\r\nSubject : hello\r\n\r\nHi\r\n';
const one = await simpleParser(source);
console.log('mailparser ', one.subject, one.from);
const two = await PostalMime.parse(source);
console.log('postal-mime', two.subject, two.from?.address);
JS

cat >expected <<'SEEN'
mailparser  hello undefined
postal-mime hello anna@example.com
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
