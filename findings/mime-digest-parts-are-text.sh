#!/usr/bin/env bash
# mailparser 3.14.2 and emailjs-mime-parser 2.0.7: the parts of a multipart/digest are no messages.
#
# Guess: a part without Content-Type inside multipart/digest is message/rfc822 (RFC 2046 section 5.1.5).
# Seen:  both take it for text/plain: the inner From and Subject lines become text of the body. postal-mime 4.0.0 knows the
# default, but flattens the message into text as well.
# Hurts: who reads a mailing-list digest gets headers as words of the sender, and cannot open the messages.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2 postal-mime@4.0.0 emailjs-mime-parser@2.0.7

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import emailjs from 'emailjs-mime-parser';
const source = [
  'From: list@example.com', 'MIME-Version: 1.0', 'Content-Type: multipart/digest; boundary=x', '',
  '--x', '', 'From: anna@example.com', 'Subject: inner', '', 'inner text', '--x--', ''].join('\r\n');
const one = await simpleParser(source);
console.log('mailparser ', JSON.stringify(one.text), one.attachments.length, 'attachments');
const two = await PostalMime.parse(source);
console.log('postal-mime', JSON.stringify(two.text), two.attachments.length, 'attachments');
const three = emailjs.default(new TextEncoder().encode(source)).childNodes[0];
console.log('emailjs    ', three.contentType.value, JSON.stringify(new TextDecoder().decode(three.content)));
JS

cat >expected <<'SEEN'
mailparser  "From: anna@example.com\nSubject: inner\n\ninner text" 0 attachments
postal-mime "\n-------------------------\nFrom:    anna@example.com\nSubject: inner\n-------------------------\n\ninner text\n" 0 attachments
emailjs     text/plain "From: anna@example.com\nSubject: inner\n\ninner text"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
