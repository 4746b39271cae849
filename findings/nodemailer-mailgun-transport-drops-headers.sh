#!/usr/bin/env bash
# nodemailer-mailgun-transport 2.1.5: headers, In-Reply-To, References, List-Unsubscribe and an invitation are left out without an error.
#
# Guess: headers go as "h:…" fields, as Reply-To and Message-ID do, and what Nodemailer makes headers of (inReplyTo, references, list) does too.
# Seen:  a list of known options is sent, the rest is dropped; "headers" is not on the list. Files in base64 arrive as they should.
# Hurts: an automatic mail has no Auto-Submitted, so that out-of-office notes answer it; answers are conversations of their own.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts nodemailer-mailgun-transport@2.1.5 nodemailer@10.6.1

cat >try.mjs <<'JS'
import http from 'node:http';
import nodemailer from 'nodemailer';
import mailgun from 'nodemailer-mailgun-transport';
const server = http.createServer(async (request, response) => {
  let posted = '';
  for await (const chunk of request) posted += chunk;
  for (const [, name, value] of posted.matchAll(/name="([^"]+)"[^]*?\r\n\r\n([^]*?)\r\n--/g)) console.log(name, '=', value);
  response.setHeader('content-type', 'application/json');
  response.end('{"id":"1","message":"Queued"}');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const transport = nodemailer.createTransport(mailgun({ auth: { api_key: 'none', domain: 'example.com' }, url: 'http://127.0.0.1:' + server.address().port }));
await transport.sendMail({
  from: '"Berg, Anna" <anna@example.com>', to: 'bob@example.com', replyTo: 'desk@example.com', subject: 'Re: x', text: 'Hello', messageId: '<2@example.com>', inReplyTo: '<1@example.com>', references: '<0@example.com> <1@example.com>',
  list: { unsubscribe: 'off@example.com' }, headers: { 'Auto-Submitted': 'auto-replied' }, icalEvent: { method: 'REQUEST', content: 'BEGIN:VCALENDAR' }, attachments: [{ filename: 'b.txt', content: 'd29yZHM=', encoding: 'base64' }],
});
process.exit(0);
JS

cat >expected <<'SEEN'
from = "Berg, Anna" <anna@example.com>
to = bob@example.com
h:Reply-To = desk@example.com
subject = Re: x
text = Hello
h:Message-Id = <2@example.com>
attachment = words
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
