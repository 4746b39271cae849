#!/usr/bin/env bash
# ical.js 2.2.1: a time with TZID=Europe/Berlin and no VTIMEZONE beside it is taken for the local time of the machine.
#
# Guess: an IANA name is understood by itself, or the event says that the zone is unknown.
# Seen:  toJSDate() gives 10:00 of wherever the process runs (here New York: 14:00 UTC); zone reads "floating".
# node-ical 0.26.1 knows the name: 08:00 UTC. Google and many appointment tools send invitations so.
# Hurts: the appointment of a customer is shown hours off, and right on the developer's own machine.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ical.js@2.2.1 node-ical@0.26.1

cat >try.mjs <<'JS'
process.env.TZ = 'America/New_York';
const { default: ICAL } = await import('ical.js');
const { default: nodeIcal } = await import('node-ical');
const source = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y', 'BEGIN:VEVENT', 'UID:1@x.example', 'DTSTAMP:20260301T000000Z', "DTSTART;TZID=Europe/Berlin:20260703T100000", "SUMMARY:x", 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
const start = new ICAL.Event(new ICAL.Component(ICAL.parse(source)).getFirstSubcomponent('vevent')).startDate;
console.log('ical.js  ', start.zone.tzid, start.toJSDate().toISOString());
console.log('node-ical', Object.values(nodeIcal.sync.parseICS(source)).find(({ type }) => type === 'VEVENT').start.toISOString());
JS

cat >expected <<'SEEN'
ical.js   floating 2026-07-03T14:00:00.000Z
node-ical 2026-07-03T08:00:00.000Z
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
