#!/usr/bin/env bash
# mailparser 3.14.2: a Date header that it cannot read becomes the moment of parsing.
#
# Guess: date is undefined (as when the header is absent), so that a program can fall back to the time of arrival.
# Seen:  date is a Date of "now". Readers must accept single-letter zones (RFC 5322 section 4.3): Z is read,
# the others are not. postal-mime 4.0.0 leaves the header as it stands.
# Hurts: an email of 1997 sorts as new, and each parse of the same source gives another date: a hash over it never matches.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
const dates = ['Fri, 21 Nov 1997 09:55:06 Z', 'Fri, 21 Nov 1997 09:55:06 A'];
for (const date of dates) {
  const before = Date.now();
  const mail = await simpleParser(`From: a@example.com\r\nDate: ${date}\r\n\r\nHi\r\n`);
  const isNow = mail.date.getTime() >= before && mail.date.getTime() <= Date.now();
  console.log(date, '->', isNow ? 'the moment of parsing' : mail.date.toISOString());
}
console.log('no Date header ->', (await simpleParser('From: a@example.com\r\n\r\nHi\r\n')).date);
JS

cat >expected <<'SEEN'
Fri, 21 Nov 1997 09:55:06 Z -> 1997-11-21T09:55:06.000Z
Fri, 21 Nov 1997 09:55:06 A -> the moment of parsing
no Date header -> undefined
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
