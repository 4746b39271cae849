#!/usr/bin/env bash
# ts-ics 2.4.6: properties in small letters are not seen, and an escaped comma splits a category.
#
# Guess: names count in any case (RFC 5545 section 3.1), and "Sales\, EU" is one category, read and written so.
# Seen:  the event has no start and no title, without an error. The category becomes two, and is written without the backslash.
# Hurts: such an appointment is shown on no day, or the program that expects a start breaks.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ts-ics@2.4.6 ical.js@2.2.1

cat >try.mjs <<'JS'
import { convertIcsCalendar, generateIcsCalendar } from 'ts-ics';
import ICAL from 'ical.js';
const calendar = (lines) => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
for (const lines of [['DTSTART:20260601T080000Z', 'SUMMARY:Visit', 'CATEGORIES:Sales\\, EU,Travel'], ['dtstart:20260601T080000Z', 'summary:Visit', 'categories:Sales\\, EU,Travel']]) {
  const [event] = convertIcsCalendar(undefined, calendar(lines)).events;
  console.log('ts-ics ', JSON.stringify([event.start?.date, event.summary, event.categories]));
  const other = new ICAL.Component(ICAL.parse(calendar(lines))).getFirstSubcomponent('vevent');
  console.log('ical.js', JSON.stringify([other.getFirstPropertyValue('dtstart'), other.getFirstPropertyValue('summary'), other.getFirstProperty('categories').getValues()]));
}
const start = { date: new Date('2026-06-01T08:00:00Z') };
console.log(generateIcsCalendar({ version: '2.0', prodId: 'x', events: [{ uid: '1', stamp: { date: new Date(0) }, start, end: start, summary: 'Visit', categories: ['Sales, EU', 'Travel'] }] }).split('\r\n').find((line) => line.startsWith('CATEGORIES')));
JS

cat >expected <<'SEEN'
ts-ics  ["2026-06-01T08:00:00.000Z","Visit",["Sales\\"," EU","Travel"]]
ical.js [{"year":2026,"month":6,"day":1,"hour":8,"minute":0,"second":0,"isDate":false,"timezone":"UTC"},"Visit",["Sales, EU","Travel"]]
ts-ics  [null,null,null]
ical.js [{"year":2026,"month":6,"day":1,"hour":8,"minute":0,"second":0,"isDate":false,"timezone":"UTC"},"Visit",["Sales, EU","Travel"]]
CATEGORIES:Sales, EU,Travel
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
