#!/usr/bin/env bash
# ical-generator 10.2.0: commas and semicolons in a link are escaped like text.
#
# Guess: URL;VALUE=URI is written as it stands (RFC 5545 section 3.3.13: a URI has no escapes).
# Seen:  "?room=1\,2\;3"; ical.js 2.2.1 gives the link with the backslashes.
# Hurts: the link to the meeting leads nowhere.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ical-generator@10.2.0 ical.js@2.2.1

cat >try.mjs <<'JS'
import ical from 'ical-generator';
import ICAL from 'ical.js';
const calendar = ical();
calendar.createEvent({ id: '1', stamp: new Date(0), start: new Date('2026-06-01T08:00:00Z'), summary: 'x', url: 'https://example.com/?room=1,2;3' });
const text = calendar.toString();
console.log(text.split('\r\n').find((line) => line.startsWith('URL')));
console.log(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent').getFirstPropertyValue('url'));
JS

cat >expected <<'SEEN'
URL;VALUE=URI:https://example.com/?room=1\,2\;3
https://example.com/?room=1\,2\;3
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
