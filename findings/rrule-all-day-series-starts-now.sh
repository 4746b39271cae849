#!/usr/bin/env bash
# rrule 2.8.1: a series whose start has a VALUE parameter (DTSTART;VALUE=DATE) begins at the moment of reading.
#
# Guess: the series of whole days begins on 6 January 2020 (RFC 5545 section 3.8.2.4 shows this form).
# Seen:  DTSTART is not seen at all: the first day is now, with minutes and seconds, and one with UNTIL in the past is empty. No error.
# Hurts: holidays and stand-ins move to today whenever the calendar is read.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts rrule@2.8.1

cat >try.mjs <<'JS'
import rrule from 'rrule';
for (const start of ['DTSTART:20200106T000000Z', 'DTSTART;VALUE=DATE-TIME:20200106T000000Z', 'DTSTART;VALUE=DATE:20200106']) {
  const before = Date.now() - 1000;
  const first = rrule.rrulestr(start + '\nRRULE:FREQ=DAILY;COUNT=2').all()[0];
  console.log(start, '->', first.getTime() >= before ? 'now' : first.toISOString(), '| with UNTIL:', rrule.rrulestr(start + '\nRRULE:FREQ=DAILY;UNTIL=20200107').all().length, 'days');
}
JS

cat >expected <<'SEEN'
DTSTART:20200106T000000Z -> 2020-01-06T00:00:00.000Z | with UNTIL: 2 days
DTSTART;VALUE=DATE-TIME:20200106T000000Z -> now | with UNTIL: 0 days
DTSTART;VALUE=DATE:20200106 -> now | with UNTIL: 0 days
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
