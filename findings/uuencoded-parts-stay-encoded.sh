#!/usr/bin/env bash
# A part with "Content-Transfer-Encoding: x-uuencode" is handed out still encoded by three JavaScript readers.
#
# Guess: the transfer encoding that Outlook Express and old Exchange wrote is decoded, or the part is refused with an error.
# Seen:  mailparser 3.14.2, postal-mime 4.0.0 and emailjs-mime-parser 2.0.7 give the lines from "begin 644" to "end" as the file.
# Hurts: the download of an old customer has the right name and the wrong bytes.
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
const source = ['From: a@example.com', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x', '',
  '--x', '', 'hi', '--x', 'Content-Type: application/octet-stream; name=a.txt', 'Content-Disposition: attachment; filename=a.txt',
  'Content-Transfer-Encoding: x-uuencode', '', 'begin 644 a.txt', '#04)#', '`', 'end', '--x--', ''].join('\r\n');
const show = (bytes) => JSON.stringify(Buffer.from(bytes).toString());
console.log('mailparser ', show((await simpleParser(source)).attachments[0].content));
console.log('postal-mime', show((await PostalMime.parse(source)).attachments[0].content));
console.log('emailjs    ', show(emailjs.default(new TextEncoder().encode(source)).childNodes[1].content));
JS

cat >expected <<'SEEN'
mailparser  "begin 644 a.txt\r\n#04)#\r\n`\r\nend"
postal-mime "begin 644 a.txt\n#04)#\n`\nend\n"
emailjs     "begin 644 a.txt\n#04)#\n`\nend"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
