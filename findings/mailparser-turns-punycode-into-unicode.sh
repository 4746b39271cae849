#!/usr/bin/env bash
# mailparser 3.14.2: the domain of an address comes out in Unicode although the header holds xn--.
#
# Guess: the address comes out as it stands in the header, as the subject of SMTP and of comparisons.
# Seen:  a@xn--mnchen-3ya.example becomes a@münchen.example; postal-mime 4.0.0 leaves it.
# Hurts: two programs that read the same mail keep two contacts, and a server without SMTPUTF8 refuses the answer
# where the sending library does not convert it back.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2 postal-mime@4.0.0

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
const source = 'From: A <a@xn--mnchen-3ya.example>\r\n\r\nHi\r\n';
console.log('mailparser ', (await simpleParser(source)).from.value[0].address);
console.log('postal-mime', (await PostalMime.parse(source)).from.address);
JS

cat >expected <<'SEEN'
mailparser  a@münchen.example
postal-mime a@xn--mnchen-3ya.example
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
