#!/usr/bin/env bash
# emailjs-mime-builder 2.0.5: a Date object is written in the words of JavaScript, and an attached email in base64.
#
# Guess: setHeader('Date', new Date()) writes the form of RFC 5322 section 3.3, as the builder of nodemailer that grew from it does; a message/rfc822
# part is 7bit, 8bit or binary (RFC 2046 section 5.2.1).
# Seen:  "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)", which is no date of mail, and base64.
# Hurts: strict servers refuse the date; programs that follow the rule show the attached email as letters in base64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts emailjs-mime-builder@2.0.5 mailparser@3.14.2

cat >try.mjs <<'JS'
process.env.TZ = 'UTC';
const { default: builder } = await import('emailjs-mime-builder');
const { simpleParser } = await import('mailparser');
const Builder = builder.default ?? builder;
const root = new Builder('multipart/mixed').setHeader({ From: 'desk@example.com', Date: new Date(0) });
root.createChild('text/plain').setContent('See below.');
root.createChild(false, { filename: 'old.eml' }).setContent('Subject: old\r\n\r\nGrüße');
const lines = root.build().split('\r\n');
console.log(lines.find((line) => line.startsWith('Date:')));
const at = lines.findIndex((line) => line.includes('message/rfc822'));
console.log(lines.slice(at, at + 2).join(' | '));
console.log('mailparser lists', (await simpleParser(lines.join('\r\n'))).attachments.map((one) => one.contentType + ' ' + one.filename).join());
JS

cat >expected <<'SEEN'
Date: Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)
Content-Type: message/rfc822 | Content-Transfer-Encoding: base64
mailparser lists message/rfc822 old.eml
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
