#!/usr/bin/env bash
# node-ical 0.26.1: a quoted parameter is cut at its first semicolon.
#
# Guess: CN="Smith; Jo" is the name Smith; Jo (RFC 5545 section 3.2: quoted values may hold ";", ":" and ",").
# Seen:  the name is "Smith with its opening quote; ical.js 2.2.1 reads the whole.
# Hurts: organisers of Exchange ("Smith; Jo (Sales)") get half a name.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-ical@0.26.1 ical.js@2.2.1

cat >try.mjs <<'JS'
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
const source = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y', 'BEGIN:VEVENT', 'UID:1@x.example', 'DTSTAMP:20260301T000000Z', "DTSTART:20260303T100000Z", "SUMMARY:x", "ORGANIZER;CN=\"Smith; Jo\":mailto:jo@example.com", 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
console.log('node-ical', JSON.stringify(Object.values(nodeIcal.sync.parseICS(source)).find(({ type }) => type === 'VEVENT').organizer));
console.log('ical.js  ', JSON.stringify(new ICAL.Component(ICAL.parse(source)).getFirstSubcomponent('vevent').getFirstProperty('organizer').getParameter('cn')));
JS

cat >expected <<'SEEN'
node-ical {"params":{"CN":"\"Smith"},"val":"mailto:jo@example.com"}
ical.js   "Smith; Jo"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
