#!/usr/bin/env bash
# mailparser 3.14.2 and postal-mime 4.0.0: a comment beside the @ leaves blanks, or itself, in the address.
#
# Guess: comments and blanks around the parts of an address are dropped (RFC 5322 section 3.4.1; its appendix A.5 has such an example).
# Seen:  both give "anna @ example.com" as the address of the second line, and postal-mime keeps the comments of the first;
# email-addresses 5.0.0 reads both right.
# Hurts: the contact is another one than the customer, and each answer to it is refused.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2 postal-mime@4.0.0 email-addresses@5.0.0

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import addresses from 'email-addresses';
const from = 'Anna <anna(desk)@(head office)example.com>';
for (const field of [from, 'anna (desk) @ (office) example.com']) {
  const source = `From: ${field}\r\n\r\nHi\r\n`;
  console.log(field);
  console.log('  mailparser     ', JSON.stringify((await simpleParser(source)).from.value[0].address));
  console.log('  postal-mime    ', JSON.stringify((await PostalMime.parse(source)).from.address));
  console.log('  email-addresses', JSON.stringify(addresses.parseOneAddress(field).address));
}
JS

cat >expected <<'SEEN'
Anna <anna(desk)@(head office)example.com>
  mailparser      "anna@example.com"
  postal-mime     "anna(desk)@(head office)example.com"
  email-addresses "anna@example.com"
anna (desk) @ (office) example.com
  mailparser      "anna @ example.com"
  postal-mime     "anna @ example.com"
  email-addresses "anna@example.com"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
