#!/usr/bin/env bash
# extract-email-address 3.2.0: "we met at example.com" holds the address met@example.com, and o'neil@example.com becomes neil@example.com.
#
# Guess: "anna at example dot com" counts as an address only where both words are written out; an apostrophe is a letter of the local part (RFC 5321
# section 4.1.2, atext).
# Seen:  the word before any "at" and a host name make an address; the apostrophe cuts the address in two.
# Hurts: an automatic answer, or a copy, goes to somebody else: neil@example.com may well exist.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts extract-email-address@3.2.0

cat >try.mjs <<'JS'
import { extractEmail } from 'extract-email-address';
for (const text of ['anna at example dot com', 'We met at example.com today.', 'We are at www.example.com and pay at shop.example.com', "Write to o'neil@example.com, please", 'anna+desk@example.com'])
  console.log(JSON.stringify(text), '->', extractEmail(text).map((one) => one.email).join(' ') || 'none');
JS

cat >expected <<'SEEN'
"anna at example dot com" -> anna@example.com
"We met at example.com today." -> met@example.com
"We are at www.example.com and pay at shop.example.com" -> are@www.example.com pay@shop.example.com
"Write to o'neil@example.com, please" -> neil@example.com
"anna+desk@example.com" -> anna+desk@example.com
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
