#!/usr/bin/env bash
# date-fns-tz 3.2.0: a time in the hour that is missing in spring becomes one before the gap.
#
# Guess: 02:30 is read as 03:30, as luxon 3.7.2 and RFC 5545 section 3.3.5 do.
# Seen:  it is 01:30, an hour before the time that was asked for.
# Hurts: two programs that share a calendar disagree by two hours in that night.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts date-fns-tz@3.2.0 date-fns@4.4.0 luxon@3.7.2

cat >try.mjs <<'JS'
import { fromZonedTime } from 'date-fns-tz';
import { DateTime } from 'luxon';
const zone = 'Europe/Berlin';
const clock = (date) => date.toLocaleString('sv-SE', { timeZone: zone });
for (const time of ['2026-03-29T01:30:00', '2026-03-29T02:30:00', '2026-03-29T03:30:00']) console.log(time, '| date-fns-tz', clock(fromZonedTime(time, zone)), '| luxon', clock(DateTime.fromISO(time, { zone }).toJSDate()));
JS

cat >expected <<'SEEN'
2026-03-29T01:30:00 | date-fns-tz 2026-03-29 01:30:00 | luxon 2026-03-29 01:30:00
2026-03-29T02:30:00 | date-fns-tz 2026-03-29 01:30:00 | luxon 2026-03-29 03:30:00
2026-03-29T03:30:00 | date-fns-tz 2026-03-29 03:30:00 | luxon 2026-03-29 03:30:00
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
