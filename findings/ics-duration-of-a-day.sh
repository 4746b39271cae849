#!/usr/bin/env bash
# ics 3.12.0: a duration of whole days is written as P1DT, which is no duration.
#
# Guess: P1D (RFC 5545 section 3.3.6: after T there is at least one hour, minute or second).
# Seen:  P1DT and P1WT; a duration with hours is right. ical.js 2.2.1 forgives it.
# Hurts: a calendar that keeps to the grammar may refuse the file or the event, and only for whole days.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ics@3.12.0 ical.js@2.2.1

cat >try.mjs <<'JS'
import { createEvent } from 'ics';
import ICAL from 'ical.js';
for (const duration of [{ days: 1 }, { weeks: 1 }, { days: 1, hours: 2 }, { hours: 1 }]) {
  const { value } = createEvent({ uid: '1', title: 'x', start: [2026, 6, 1], duration });
  const line = value.split('\r\n').find((one) => one.startsWith('DURATION'));
  let read;
  try { read = ICAL.Duration.fromString(line.slice(9)).toString(); } catch (error) { read = error.message; }
  console.log(JSON.stringify(duration), '->', line, '| ical.js:', read);
}
JS

cat >expected <<'SEEN'
{"days":1} -> DURATION:P1DT | ical.js: P1D
{"weeks":1} -> DURATION:P1WT | ical.js: P1W
{"days":1,"hours":2} -> DURATION:P1DT2H | ical.js: P1DT2H
{"hours":1} -> DURATION:PT1H | ical.js: PT1H
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
