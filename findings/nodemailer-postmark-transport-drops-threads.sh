#!/usr/bin/env bash
# nodemailer-postmark-transport 7.0.0: In-Reply-To, References, List-Unsubscribe and an invitation are left out, and a file in base64 is encoded twice.
#
# Guess: a transport of Nodemailer sends the mail that Nodemailer makes of the options, or says which of them it cannot send.
# Seen:  only what stands in "headers" becomes a header; inReplyTo, references, list, messageId and icalEvent vanish; { content: "eA==", encoding:
# "base64" } arrives as the letters eA==; of two addresses in replyTo one is left.
# Hurts: who changes from SMTP to Postmark changes one line, and all answers are conversations of their own.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps nodemailer-postmark-transport@7.0.0 nodemailer@10.6.1 postmark@5.1.0

cat >try.mjs <<'JS'
import nodemailer from 'nodemailer';
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const made = require('nodemailer-postmark-transport');
const transport = (made.default ?? made)({ auth: { apiKey: 'none' } });
transport.client.sendEmail = (mail) => {
  console.log(JSON.stringify(mail, null, 1));
  process.exit(0);
};
await nodemailer.createTransport(transport).sendMail({
  from: '"Berg, Anna" <anna@example.com>', to: 'bob@example.com', replyTo: ['anna@example.com', 'desk@example.com'], subject: 'Re: x', text: 'Hello',
  messageId: '<2@example.com>', inReplyTo: '<1@example.com>', references: '<0@example.com> <1@example.com>', list: { unsubscribe: 'off@example.com' }, headers: { 'Auto-Submitted': 'auto-replied' },
  icalEvent: { method: 'REQUEST', content: 'BEGIN:VCALENDAR' }, attachments: [{ filename: 'a.txt', content: 'x' }, { filename: 'b.txt', content: 'eA==', encoding: 'base64' }],
});
JS

cat >expected <<'SEEN'
{
 "From": "\"Berg, Anna\" <anna@example.com>",
 "To": "bob@example.com",
 "ReplyTo": "anna@example.com",
 "Subject": "Re: x",
 "TextBody": "Hello",
 "Headers": [
  {
   "Name": "Auto-Submitted",
   "Value": "auto-replied"
  }
 ],
 "Attachments": [
  {
   "Name": "a.txt",
   "Content": "eA==",
   "ContentType": "text/plain",
   "ContentID": ""
  },
  {
   "Name": "b.txt",
   "Content": "ZUE9PQ==",
   "ContentType": "text/plain",
   "ContentID": ""
  }
 ]
}
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
