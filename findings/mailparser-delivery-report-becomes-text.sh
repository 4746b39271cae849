#!/usr/bin/env bash
# mailparser 3.14.2: the machine part of a delivery report is text of the letter, that of a receipt or of an international report is a file.
#
# Guess: message/delivery-status is an attachment like message/disposition-notification and message/global-delivery-status, so that a program finds it by its type.
# Seen:  its lines are joined to the text and no attachment has them; the other two are attachments. postal-mime 4.0.0 hands out all three.
# Hurts: a desk that looks for the part sees no bounce, and shows "Reporting-MTA: …" as words of a person.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2 postal-mime@4.0.0

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
for (const type of ['message/delivery-status', 'message/global-delivery-status', 'message/disposition-notification']) {
  const source = ['From: a@example.com', 'MIME-Version: 1.0', 'Content-Type: multipart/report; boundary=x', '', '--x', 'Content-Type: text/plain', '', 'It failed.', '--x', 'Content-Type: ' + type, '', 'Reporting-MTA: dns; mx.example.com', '--x--', ''].join('\r\n');
  const one = await simpleParser(source);
  const two = await PostalMime.parse(source);
  console.log(type);
  console.log('  mailparser ', JSON.stringify([one.text, one.attachments.map((file) => file.contentType)]));
  console.log('  postal-mime', JSON.stringify([two.text, two.attachments.map((file) => file.mimeType)]));
}
JS

cat >expected <<'SEEN'
message/delivery-status
  mailparser  ["It failed.\nReporting-MTA: dns; mx.example.com",[]]
  postal-mime ["It failed.\n",["message/delivery-status"]]
message/global-delivery-status
  mailparser  ["It failed.",["message/global-delivery-status"]]
  postal-mime ["It failed.\n",["message/global-delivery-status"]]
message/disposition-notification
  mailparser  ["It failed.",["message/disposition-notification"]]
  postal-mime ["It failed.\n",["message/disposition-notification"]]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
