#!/usr/bin/env bash
# dayjs 1.11.23: add, subtract and the setters of a date with a zone keep the old offset, so that the hour changes with the season.
#
# Guess: one day, week or half a year later it is the same time on the clock of the zone, as in luxon 3.7.2.
# Seen:  13:00 plus a day is 14:00 in spring, 09:00 in January plus six months is 10:00, and hour(1) in the morning of the change is 00:00.
# Hurts: due times and reminders of a desk are an hour off when the clocks change in between.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts dayjs@1.11.23 luxon@3.7.2

cat >try.mjs <<'JS'
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import timezone from 'dayjs/plugin/timezone.js';
import { DateTime } from 'luxon';
dayjs.extend(utc);
dayjs.extend(timezone);
const zone = 'Europe/Berlin';
const cases = [['2026-03-28T13:00', { days: 1 }], ['2026-01-01T09:00', { months: 6 }], ['2026-10-24T13:00', { weeks: 1 }]];
const clock = (date) => date.toLocaleString('sv-SE', { timeZone: zone });
for (const [start, [[unit, count]]] of cases.map(([s, d]) => [s, Object.entries(d)])) {
  console.log(start, '+', count, unit);
  console.log('  dayjs', clock(dayjs.tz(start, zone).add(count, unit).toDate()));
  console.log('  luxon', clock(DateTime.fromISO(start, { zone }).plus({ [unit]: count }).toJSDate()));
}
console.log('2026-03-29T12:00, hour set to 1');
console.log('  dayjs', clock(dayjs.tz('2026-03-29T12:00', zone).hour(1).toDate()));
console.log('  luxon', clock(DateTime.fromISO('2026-03-29T12:00', { zone }).set({ hour: 1 }).toJSDate()));
JS

cat >expected <<'SEEN'
2026-03-28T13:00 + 1 days
  dayjs 2026-03-29 14:00:00
  luxon 2026-03-29 13:00:00
2026-01-01T09:00 + 6 months
  dayjs 2026-07-01 10:00:00
  luxon 2026-07-01 09:00:00
2026-10-24T13:00 + 1 weeks
  dayjs 2026-10-31 12:00:00
  luxon 2026-10-31 13:00:00
2026-03-29T12:00, hour set to 1
  dayjs 2026-03-29 00:00:00
  luxon 2026-03-29 01:00:00
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
