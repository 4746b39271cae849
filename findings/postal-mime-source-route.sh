#!/usr/bin/env bash
# postal-mime 4.0.0 and emailjs-mime-parser 2.0.7: a source route stays in the address.
#
# Guess: the route of <@relay.example:anna@example.com> is dropped, as RFC 5322 section 4.4 asks.
# Seen:  the address is "@relay.example:anna@example.com"; mailparser 3.14.2 drops the route.
# Hurts: mail that old relays and gateways rewrote has a sender that nobody can answer.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts postal-mime@4.0.0 mailparser@3.14.2 emailjs-mime-parser@2.0.7

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import emailjs from 'emailjs-mime-parser';
const source = 'From: Anna <@relay.example:anna@example.com>\r\n\r\nHi\r\n';
console.log('postal-mime', (await PostalMime.parse(source)).from.address);
console.log('emailjs    ', emailjs.default(new TextEncoder().encode(source)).headers.from[0].value[0].address);
console.log('mailparser ', (await simpleParser(source)).from.value[0].address);
JS

cat >expected <<'SEEN'
postal-mime @relay.example:anna@example.com
emailjs     @relay.example:anna@example.com
mailparser  anna@example.com
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
