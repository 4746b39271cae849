#!/usr/bin/env bash
# postal-mime 4.0.0: the quotes of a quoted local part are dropped, and the address is no address any more.
#
# Guess: "anna b"@example.com keeps its quotes, since they are part of the address (RFC 5321 section 4.1.2).
# Seen:  the address is: anna b@example.com. mailparser 3.14.2 keeps the quotes.
# Hurts: an answer to the parsed address is refused by the server or goes to another mailbox.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts postal-mime@4.0.0 mailparser@3.14.2

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
const source = 'From: "anna b"@example.com\r\n\r\nHi\r\n';
console.log('postal-mime', (await PostalMime.parse(source)).from.address);
console.log('mailparser ', (await simpleParser(source)).from.value[0].address);
JS

cat >expected <<'SEEN'
postal-mime anna b@example.com
mailparser  "anna b"@example.com
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
