#!/usr/bin/env bash
# moment-business-days 1.2.0: one and a half business days are two, and a difference has no sign and counts midnights.
#
# Guess: businessAdd(1.5) is a day, or a day and a half; businessDiff is negative like diff of moment when the other day is later,
# and 23:00 to 01:00 is no day.
# Seen:  see below. moment-business-time 2.0.0: a working day added on Saturday noon ends on Monday noon, eight working hours on
# Monday evening; 17:00, when the desk closes, is working time.
# Hurts: due times and reports on answers differ between two tools that are both called business time.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts moment-business-days@1.2.0 moment-business-time@2.0.0 moment@2.31.0

cat >try.mjs <<'JS'
process.env.TZ = 'Europe/Berlin';
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const days = require('moment-business-days');
const show = (one) => one.format('ddd YYYY-MM-DD HH:mm');
for (const [start, count] of [['2026-11-30T10:00', 1], ['2026-11-30T10:00', 1.5], ['2026-11-30T10:00', 0.5], ['2026-11-28T10:00', 0], ['2026-11-28T10:00', 1], ['2026-11-27T10:00', 1]]) console.log('businessAdd', show(days(start)), '+', count, '->', show(days(start).businessAdd(count)));
for (const [from, to] of [['2026-11-30', '2026-12-07'], ['2026-12-07', '2026-11-30'], ['2026-11-30T23:00', '2026-12-01T01:00'], ['2026-11-27', '2026-11-28'], ['2026-11-28', '2026-11-29']]) console.log('businessDiff', from, to, '->', days(from).businessDiff(days(to)));
const hours = require('moment-business-time');
const at = (text) => hours(text, 'YYYY-MM-DDTHH:mm');
console.log('Saturday noon + 1 working day   ', show(at('2026-11-28T12:00').addWorkingTime(1, 'day')));
console.log('Saturday noon + 8 working hours ', show(at('2026-11-28T12:00').addWorkingTime(8, 'hours')));
console.log('17:00 is working time           ', at('2026-11-30T17:00').isWorkingTime(), ', 17:01', at('2026-11-30T17:01').isWorkingTime());
JS

cat >expected <<'SEEN'
businessAdd Mon 2026-11-30 10:00 + 1 -> Tue 2026-12-01 10:00
businessAdd Mon 2026-11-30 10:00 + 1.5 -> Wed 2026-12-02 10:00
businessAdd Mon 2026-11-30 10:00 + 0.5 -> Tue 2026-12-01 10:00
businessAdd Sat 2026-11-28 10:00 + 0 -> Sat 2026-11-28 10:00
businessAdd Sat 2026-11-28 10:00 + 1 -> Mon 2026-11-30 10:00
businessAdd Fri 2026-11-27 10:00 + 1 -> Mon 2026-11-30 10:00
businessDiff 2026-11-30 2026-12-07 -> 5
businessDiff 2026-12-07 2026-11-30 -> 5
businessDiff 2026-11-30T23:00 2026-12-01T01:00 -> 1
businessDiff 2026-11-27 2026-11-28 -> 1
businessDiff 2026-11-28 2026-11-29 -> 0
Saturday noon + 1 working day    Mon 2026-11-30 12:00
Saturday noon + 8 working hours  Mon 2026-11-30 17:00
17:00 is working time            true , 17:01 false
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
