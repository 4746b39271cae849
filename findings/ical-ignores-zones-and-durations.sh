#!/usr/bin/env bash
# ical 0.8.0: the zone of a time is ignored, an event with a duration has no end, and an escaped backslash before an n breaks the line.
#
# Guess: 10:00 in New York is 14:00 UTC; DURATION gives the end, as with node-ical, which began as this library; C:\\new is a path.
# Seen:  10:00 of the machine (Berlin here); end is undefined; the path is two lines.
# Hurts: invitations are shown hours off, and free times are computed with events that have no end.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ical@0.8.0

cat >try.mjs <<'JS'
process.env.TZ = 'Europe/Berlin';
const { default: ical } = await import('ical');
const read = (...lines) => Object.values(ical.parseICS(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y', 'BEGIN:VEVENT', 'UID:1@x.example', 'DTSTAMP:20260301T000000Z', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n'))).find(({ type }) => type === 'VEVENT');
console.log('TZID=America/New_York:20260703T100000 ->', read('DTSTART;TZID=America/New_York:20260703T100000').start.toISOString());
console.log('20260703T100000Z ->', read('DTSTART:20260703T100000Z').start.toISOString());
console.log('DURATION:PT1H30M -> end', read('DTSTART:20260703T100000Z', 'DURATION:PT1H30M').end, '| DTEND -> end', read('DTSTART:20260703T100000Z', 'DTEND:20260703T113000Z').end.toISOString());
console.log('SUMMARY', JSON.stringify(read('DTSTART:20260703T100000Z', 'SUMMARY:see C:\\\\new').summary));
JS

cat >expected <<'SEEN'
TZID=America/New_York:20260703T100000 -> 2026-07-03T08:00:00.000Z
20260703T100000Z -> 2026-07-03T10:00:00.000Z
DURATION:PT1H30M -> end undefined | DTEND -> end 2026-07-03T11:30:00.000Z
SUMMARY "see C:\\\new"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
