#!/usr/bin/env bash
# postal-mime 4.0.0 and emailjs-mime-parser 2.0.7: a soft line break with blanks behind it is no line break.
#
# Guess: blanks at the end of a quoted-printable line are padding of the transport and are deleted (RFC 2045 section 6.7, rule 3).
# Seen:  "one=  <CRLF>two" keeps "=" and the line break; mailparser 3.14.2 gives "onetwo".
# Hurts: words are torn apart and "=" stands in the text wherever a gateway padded the lines.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts postal-mime@4.0.0 emailjs-mime-parser@2.0.7 mailparser@3.14.2

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import emailjs from 'emailjs-mime-parser';
const source = 'From: a@example.com\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\none=  \r\ntwo\r\n';
console.log('postal-mime', JSON.stringify((await PostalMime.parse(source)).text));
console.log('emailjs    ', JSON.stringify(new TextDecoder().decode(emailjs.default(new TextEncoder().encode(source)).content)));
console.log('mailparser ', JSON.stringify((await simpleParser(source)).text));
JS

cat >expected <<'SEEN'
postal-mime "one=  \ntwo\n"
emailjs     "one=  \ntwo\n"
mailparser  "onetwo\n"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
