#!/usr/bin/env bash
# node-ical 0.26.1 and ical.js 2.2.1: of two calendars in one file the first is gone, or asking for the events fails.
#
# Guess: a file may hold several calendars, one behind the other (RFC 5545 section 3.4), and the events of all are handed out, as ts-ics 2.4.6 does.
# Seen:  node-ical keeps the events of the last one and says nothing. ICAL.parse of ical.js gives an array of calendars where it gives one
#        otherwise, and a component made of it, as each example does, has no events to ask for: a TypeError.
# Hurts: invitations that were joined, or exported from several calendars: the desk shows the second visit and misses the first, or none.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-ical@0.26.1 ical.js@2.2.1 ts-ics@2.4.6

cat >try.mjs <<'JS'
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { convertIcsCalendar } from 'ts-ics';

const event = (uid, summary) =>
  ['BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20261101T100000Z', 'DTSTART:20261102T100000Z', `SUMMARY:${summary}`, 'END:VEVENT'].join('\r\n');
const calendar = (...events) => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//x//EN', ...events, 'END:VCALENDAR'].join('\r\n');
const readers = {
  'node-ical': (source) => Object.values(nodeIcal.sync.parseICS(source)).filter(({ type }) => type === 'VEVENT').map(({ summary }) => summary),
  'ical.js': (source) => new ICAL.Component(ICAL.parse(source)).getAllSubcomponents('vevent').map((each) => new ICAL.Event(each).summary),
  'ts-ics': (source) => convertIcsCalendar(undefined, source).events.map(({ summary }) => summary),
};
const files = {
  'two events in one calendar': calendar(event(1, 'First visit'), event(2, 'Second visit')),
  'two calendars': `${calendar(event(1, 'First visit'))}\r\n${calendar(event(2, 'Second visit'))}`,
};
for (const [name, source] of Object.entries(files))
  for (const [reader, read] of Object.entries(readers)) {
    let seen;
    try {
      seen = read(source).join(', ');
    } catch (error) {
      seen = error.name;
    }
    console.log(`${name} | ${reader} | ${seen}`);
  }
JS

cat >expected <<'SEEN'
two events in one calendar | node-ical | First visit, Second visit
two events in one calendar | ical.js | First visit, Second visit
two events in one calendar | ts-ics | First visit, Second visit
two calendars | node-ical | Second visit
two calendars | ical.js | TypeError
two calendars | ts-ics | First visit, Second visit
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
