#!/usr/bin/env bash
# node-ical 0.26.1: the caret encoding of names (RFC 6868) is not undone.
#
# Guess: ^\' in a parameter is a double quote and ^n a line break, as ical.js reads them.
# Seen:  the carets stay in the name.
# Hurts: Jo ^\'JJ^\' Smith stands in the greeting.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-ical@0.26.1 ical.js@2.2.1

cat >try.mjs <<'JS'
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
const source = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y', 'BEGIN:VEVENT', 'UID:1@x.example', 'DTSTAMP:20260301T000000Z', "DTSTART:20260303T100000Z", "SUMMARY:x", "ATTENDEE;CN=Jo ^'JJ^' Smith:mailto:jo@example.com", 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
console.log('node-ical', Object.values(nodeIcal.sync.parseICS(source)).find(({ type }) => type === 'VEVENT').attendee.params.CN);
console.log('ical.js  ', new ICAL.Component(ICAL.parse(source)).getFirstSubcomponent('vevent').getFirstProperty('attendee').getParameter('cn'));
JS

cat >expected <<'SEEN'
node-ical Jo ^'JJ^' Smith
ical.js   Jo "JJ" Smith
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
