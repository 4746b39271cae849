#!/usr/bin/env bash
# addressparser 1.0.1: "anna b"@example.com becomes the address "anna b @example.com", and of a comment in a comment the end is the name.
#
# Guess: "anna b"@example.com as it is (RFC 5322 section 3.4.1), (Anna (Desk) Beet) is one comment (section 3.2.2), and a folded name is on one line.
# Seen:  a blank stands before the @ and the quotes are gone; the name is "Beet)"; the line end of a folded name stays in it.
# Hurts: an answer to such an address goes nowhere; a name with a line end breaks the header that it is written into.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts addressparser@1.0.1

cat >try.cjs <<'JS'
const parse = require('addressparser');
for (const field of ['"anna b"@example.com', 'anna@example.com (Anna (Desk) Beet)', 'Anna\r\n Beet <anna@example.com>', 'anna@example.com (Anna Beet)', '"Beet, Anna" <anna@example.com>'])
  console.log(JSON.stringify(field), '->', JSON.stringify(parse(field)));
JS

cat >expected <<'SEEN'
"\"anna b\"@example.com" -> [{"address":"anna b @example.com","name":""}]
"anna@example.com (Anna (Desk) Beet)" -> [{"address":"anna@example.com","name":"Beet)"}]
"Anna\r\n Beet <anna@example.com>" -> [{"address":"anna@example.com","name":"Anna\r\n Beet"}]
"anna@example.com (Anna Beet)" -> [{"address":"anna@example.com","name":"Anna Beet"}]
"\"Beet, Anna\" <anna@example.com>" -> [{"address":"anna@example.com","name":"Beet, Anna"}]
SEEN
node try.cjs | tee seen
diff expected seen && echo 'as described'
