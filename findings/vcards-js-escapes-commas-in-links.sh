#!/usr/bin/env bash
# vcards-js 2.11.1: commas in a link are escaped, semicolons in a note are not.
#
# Guess: a URL is written as it stands (RFC 2426 section 3.6.8: a URI has no escapes); semicolons in a note get a backslash (section 4).
# Seen:  just the other way round: "?pages=1\,2" and "one; two". ical.js 2.2.1 reads the link with the backslash.
# Hurts: the link in the contact card leads nowhere.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts vcards-js@2.11.1 ical.js@2.2.1

cat >try.mjs <<'JS'
import vCard from 'vcards-js';
import ICAL from 'ical.js';
const card = vCard();
card.firstName = 'Anna';
card.lastName = 'Berg';
card.url = 'https://example.com/?pages=1,2';
card.note = 'one, two; three';
const text = card.getFormattedString();
console.log(text.split('\r\n').filter((line) => /^(URL|NOTE)/.test(line)).join('\n'));
console.log('read by ical.js:', new ICAL.Component(ICAL.parse(text)).getFirstPropertyValue('url'));
JS

cat >expected <<'SEEN'
URL:https://example.com/?pages=1\,2
NOTE:one\, two; three
read by ical.js: https://example.com/?pages=1\,2
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
