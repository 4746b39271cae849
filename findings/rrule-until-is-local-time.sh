#!/usr/bin/env bash
# rrule 2.8.1: with a TZID at the start, UNTIL with a Z is compared with the local time of the appointments.
#
# Guess: UNTIL=20260107T080000Z is 09:00 in Berlin, so the series 09:00 has three days, the last one included (RFC 5545 section 3.3.10).
# Seen:  Berlin loses its last day; New York gets one day more than the rule says. Without TZID the count is right.
# Hurts: the last meeting of each series of Outlook or Google, which write UNTIL just so, is missing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts rrule@2.8.1

cat >try.mjs <<'JS'
import rrule from 'rrule';
for (const rule of ['DTSTART;TZID=Europe/Berlin:20260105T090000\nRRULE:FREQ=DAILY;UNTIL=20260107T080000Z', 'DTSTART:20260105T080000Z\nRRULE:FREQ=DAILY;UNTIL=20260107T080000Z',
  'DTSTART;TZID=America/New_York:20260105T200000\nRRULE:FREQ=DAILY;UNTIL=20260107T235900Z'])
  console.log(JSON.stringify(rule), '->', rrule.rrulestr(rule).all().length, 'days');
JS

cat >expected <<'SEEN'
"DTSTART;TZID=Europe/Berlin:20260105T090000\nRRULE:FREQ=DAILY;UNTIL=20260107T080000Z" -> 2 days
"DTSTART:20260105T080000Z\nRRULE:FREQ=DAILY;UNTIL=20260107T080000Z" -> 3 days
"DTSTART;TZID=America/New_York:20260105T200000\nRRULE:FREQ=DAILY;UNTIL=20260107T235900Z" -> 3 days
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
