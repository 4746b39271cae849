#!/usr/bin/env bash
# mailparser 3.14.2, postal-mime 4.0.0, libmime 5.6.4 and emailjs-mime-parser 2.0.7: UTF-7 stays as it is, though iconv-lite, which mailparser has with it, reads it.
#
# Guess: charset=utf-7 (RFC 2152) goes to iconv-lite, which knows it; browsers have no UTF-7, so postal-mime reports it or leaves it.
# Seen:  "Gr+APwA3w-e" in texts and subjects of all four, without an error. Each of them takes the label for one that it knows or needs not know.
# Hurts: Exchange has a setting for UTF-7, and old Outlook Express a menu: names, subjects and letters of such senders have no umlauts.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2 postal-mime@4.0.0 libmime@5.6.4 emailjs-mime-parser@2.0.7 iconv-lite@0.7.3

cat >try.mjs <<'JS'
import emailjs from 'emailjs-mime-parser';
import iconv from 'iconv-lite';
import libmime from 'libmime';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
const text = 'Gr+APwA3w-e, 5 +IKw-';
const source = Buffer.from(`From: a@example.com\r\nSubject: =?utf-7?q?${text.replaceAll(' ', '_')}?=\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n${text}\r\n`);
console.log('iconv-lite', iconv.decode(Buffer.from(text), 'utf-7'));
const one = await simpleParser(source);
console.log('mailparser', one.subject, '|', one.text.trim());
const two = await PostalMime.parse(source);
console.log('postal-mime', two.subject, '|', two.text.trim());
console.log('libmime', libmime.decodeWords('=?utf-7?q?Gr+APwA3w-e?='));
const four = (emailjs.default ?? emailjs)(new Uint8Array(source));
console.log('emailjs-mime-parser', four.headers.subject[0].value, '|', new TextDecoder().decode(four.content).trim());
JS

cat >expected <<'SEEN'
iconv-lite Grüße, 5 €
mailparser Gr+APwA3w-e, 5 +IKw- | Gr+APwA3w-e, 5 +IKw-
postal-mime Gr+APwA3w-e, 5 +IKw- | Gr+APwA3w-e, 5 +IKw-
libmime Gr+APwA3w-e
emailjs-mime-parser Gr+APwA3w-e, 5 +IKw- | Gr+APwA3w-e, 5 +IKw-
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
