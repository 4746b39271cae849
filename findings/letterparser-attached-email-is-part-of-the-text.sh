#!/usr/bin/env bash
# letterparser 0.1.8: the text of an attached email is added to the letter, and names of files in the form of today are not read.
#
# Guess: message/rfc822 is an attachment; filename*= is decoded (RFC 2231); a group has members; a letter cut between two encoded words is joined.
# Seen:  "one" and the "inner" text of the attached email are one text; the file name is missing; "Desk: a@example.com" and "b@example.com;" are
# addresses; a letter that is cut between two words is two replacement characters; a comment in Content-Type makes HTML plain text.
# Hurts: what a customer forwards as a file is taken for his own words.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts letterparser@0.1.8

cat >try.mjs <<'JS'
import { createRequire } from 'node:module';
const letterparser = createRequire(import.meta.url)('letterparser');
const read = (...lines) => letterparser.extract(['From: anna@example.com', ...lines].join('\r\n'));
const mail = read('To: Desk: a@example.com, b@example.com;', 'Subject: =?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?=', 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', '', 'one', '--b', 'Content-Type: message/rfc822', 'Content-Disposition: attachment; filename=order.eml', '', 'Subject: order', '', 'inner', '--b', 'Content-Type: application/pdf', "Content-Disposition: attachment; filename*=utf-8''Gr%C3%BC.pdf", 'Content-Transfer-Encoding: base64', '', 'eA==', '--b--');
console.log('text:', JSON.stringify(mail.text));
console.log('files:', mail.attachments.map(({ filename }) => filename));
console.log('to:', mail.to.map(({ address }) => address));
console.log('subject:', mail.subject);
const page = read('Content-Type: text/html (a page); charset=utf-8', '', '<p>x</p>');
console.log('comment in the type: text', JSON.stringify(page.text), 'html', JSON.stringify(page.html));
JS

cat >expected <<'SEEN'
text: "one\ninner"
files: [ undefined ]
to: [ 'Desk: a@example.com', 'b@example.com;' ]
subject: Gr��ße
comment in the type: text "<p>x</p>" html ""
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
