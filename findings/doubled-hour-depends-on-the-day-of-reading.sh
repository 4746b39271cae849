#!/usr/bin/env bash
# luxon 3.7.2 and dayjs 1.11.23: a time in the hour that comes twice in autumn is another moment when it is read in summer than when read in winter.
#
# Guess: the first of the two, always (as Temporal and most calendars do).
# Seen:  both take the offset of today as their first try. date-fns-tz 3.2.0 always takes the second.
# Hurts: a test is green in June and red in December, and an appointment moves by an hour without being touched.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts luxon@3.7.2 dayjs@1.11.23 date-fns-tz@3.2.0 date-fns@4.4.0

cat >try.mjs <<'JS'
import { mock } from 'node:test';
import { DateTime } from 'luxon';
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import timezone from 'dayjs/plugin/timezone.js';
import { fromZonedTime } from 'date-fns-tz';
dayjs.extend(utc);
dayjs.extend(timezone);
const zone = 'Europe/Berlin', time = '2026-10-25T02:30:00';
for (const today of ['2026-07-01T12:00:00Z', '2026-12-01T12:00:00Z']) {
  mock.timers.enable({ apis: ['Date'], now: new Date(today) });
  console.log('read on', today);
  console.log('  luxon      ', DateTime.fromISO(time, { zone }).toUTC().toISO());
  console.log('  dayjs      ', dayjs.tz(time, zone).toISOString());
  console.log('  date-fns-tz', fromZonedTime(time, zone).toISOString());
  mock.timers.reset();
}
JS

cat >expected <<'SEEN'
read on 2026-07-01T12:00:00Z
  luxon       2026-10-25T00:30:00.000Z
  dayjs       2026-10-25T00:30:00.000Z
  date-fns-tz 2026-10-25T01:30:00.000Z
read on 2026-12-01T12:00:00Z
  luxon       2026-10-25T01:30:00.000Z
  dayjs       2026-10-25T01:30:00.000Z
  date-fns-tz 2026-10-25T01:30:00.000Z
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
