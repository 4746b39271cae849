#!/usr/bin/env bash
# @protontech/jsmimeparser 3.0.2: an attached email is a file of no bytes, and its text is part of the letter that holds it.
#
# Guess: message/rfc822 with "attachment" is a file with its source (RFC 2183), and the text is that of the letter. A Date without seconds is a
# date (RFC 5322 section 3.3).
# Seen:  the file has a name and 0 bytes; the text is "See below.\nI never ordered it."; the date is an invalid one.
# Hurts: what a customer forwards as a file looks as if they had written it, and the file itself is lost.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @protontech/jsmimeparser@3.0.2 esbuild@0.25.0

cat >try.mjs <<'JS'
import { parseMail } from '@protontech/jsmimeparser';
const lines = (...all) => all.join('\r\n');
const letter = (type) => lines('From: anna@example.com', 'Date: Mon, 02 Nov 2026 10:00:00 +0100', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '',
  '--b', 'Content-Type: text/plain', '', 'See below.', '--b', `Content-Type: ${type}`, 'Content-Disposition: attachment; filename=order.eml', '',
  'From: bob@example.com', 'Subject: Order', '', 'I never ordered it.', '--b--', '');
for (const type of ['message/rfc822', 'application/octet-stream']) {
  const { body, attachments } = parseMail(letter(type));
  console.log(type, JSON.stringify(body.text), attachments.map(({ fileName, content }) => `${fileName} ${content.length > 0 ? 'has bytes' : 'has none'}`));
}
for (const date of ['Mon, 02 Nov 2026 10:00:00 +0100', 'Mon, 02 Nov 2026 10:00 +0100']) console.log(date, '->', parseMail(lines('From: a@example.com', `Date: ${date}`, '', 'x')).date);
JS
npx esbuild try.mjs --bundle --platform=node --format=cjs --outfile=try.cjs --log-level=error

cat >expected <<'SEEN'
message/rfc822 "See below.\nI never ordered it." [ 'order.eml has none' ]
application/octet-stream "See below." [ 'order.eml has bytes' ]
Mon, 02 Nov 2026 10:00:00 +0100 -> 2026-11-02T09:00:00.000Z
Mon, 02 Nov 2026 10:00 +0100 -> Invalid Date
SEEN
node try.cjs | tee seen
diff expected seen && echo 'as described'
