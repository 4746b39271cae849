#!/usr/bin/env bash
# mailparser 3.14.2 (and new Date() of Node 20): the second 60 of a leap second becomes second 0 of the same minute.
#
# Guess: the next minute, or second 59 (RFC 5322 section 3.3 allows 60), or no date at all.
# Seen:  the email is a whole minute too early, before one sent a second earlier. luxon 3.7.2 calls it invalid.
# Hurts: the answer stands above the question.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2 luxon@3.7.2

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import { DateTime } from 'luxon';
for (const date of ['Sat, 31 Dec 2016 23:59:59 +0000', 'Sat, 31 Dec 2016 23:59:60 +0000']) {
  const mail = await simpleParser(`From: a@example.com\r\nDate: ${date}\r\n\r\nHi\r\n`);
  console.log(date, '| mailparser', mail.date.toISOString(), '| Date', new Date(date).toISOString(), '| luxon', DateTime.fromRFC2822(date, { zone: 'utc' }).toISO());
}
JS

cat >expected <<'SEEN'
Sat, 31 Dec 2016 23:59:59 +0000 | mailparser 2016-12-31T23:59:59.000Z | Date 2016-12-31T23:59:59.000Z | luxon 2016-12-31T23:59:59.000Z
Sat, 31 Dec 2016 23:59:60 +0000 | mailparser 2016-12-31T23:59:00.000Z | Date 2016-12-31T23:59:00.000Z | luxon null
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
