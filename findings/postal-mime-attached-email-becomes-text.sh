#!/usr/bin/env bash
# postal-mime 4.0.0: an attached email (message/rfc822 without disposition) is no attachment but lines of the text.
#
# Guess: it is listed as an attachment of type message/rfc822.
# Seen:  attachments is empty; From, Subject and text of the inner mail stand in the outer text behind a line of dashes.
# The option rfc822Attachments: true gives the attachment. mailparser 3.14.2 attaches it always.
# Hurts: a report of a bounce, or a mail forwarded as attachment, reads as if the sender had typed all of it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts postal-mime@4.0.0 mailparser@3.14.2

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
const source = ['From: a@example.com', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x', '',
  '--x', '', 'Please see.', '--x', 'Content-Type: message/rfc822', '', 'From: b@example.com', 'Subject: inner', '', 'inner text', '--x--', ''].join('\r\n');
const two = await PostalMime.parse(source);
console.log('postal-mime', JSON.stringify(two.text), two.attachments.length);
const asked = await PostalMime.parse(source, { rfc822Attachments: true });
console.log('asked for  ', JSON.stringify(asked.text), asked.attachments.map(({ mimeType }) => mimeType));
const one = await simpleParser(source);
console.log('mailparser ', JSON.stringify(one.text), one.attachments.map(({ contentType }) => contentType));
JS

cat >expected <<'SEEN'
postal-mime "Please see.\n\n\n----------------------\nFrom:    b@example.com\nSubject: inner\n----------------------\n\ninner text\n" 0
asked for   "Please see.\n" [ 'message/rfc822' ]
mailparser  "Please see." [ 'message/rfc822' ]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
