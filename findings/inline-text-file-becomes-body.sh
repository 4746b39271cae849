#!/usr/bin/env bash
# mailparser 3.14.2 and postal-mime 4.0.0: a text file sent with "Content-Disposition: inline; filename=…" is no attachment.
#
# Guess: a part with a file name is listed as an attachment, whatever its disposition.
# Seen:  its lines are joined to the text of the body and its name is gone.
# Hurts: Apple Mail and mutt send log files so: the customer seems to have typed the log, and nobody can download it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2 postal-mime@4.0.0

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
const source = ['From: a@example.com', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x', '',
  '--x', 'Content-Type: text/plain', '', 'See the log.', '--x', 'Content-Type: text/plain; name=app.log',
  'Content-Disposition: inline; filename=app.log', '', 'error 17', '--x--', ''].join('\r\n');
const one = await simpleParser(source);
console.log('mailparser ', JSON.stringify(one.text), one.attachments.length, 'attachments');
const two = await PostalMime.parse(source);
console.log('postal-mime', JSON.stringify(two.text), two.attachments.length, 'attachments');
JS

cat >expected <<'SEEN'
mailparser  "See the log.\nerror 17" 0 attachments
postal-mime "See the log.\n\nerror 17\n" 0 attachments
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
