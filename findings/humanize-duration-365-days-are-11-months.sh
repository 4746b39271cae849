#!/usr/bin/env bash
# humanize-duration 3.35.1 and ms 2.1.3: 365 days are "11 months, 4 weeks, 2 days, 4 hours, 30 minutes", a delay of minus five seconds is five seconds, and an
# hour and a half is 2h.
#
# Guess: 365 days are a year (or 52 weeks and a day), 31 days a month or 31 days; a sign or the word "ago" stays; ms writes 1.5h, or 1h 30m; what it cannot read
# is an error, as "1 month".
# Seen:  a year has 365.25 days and a month 30.4375, so that months come with hours and minutes; the sign is dropped; ms rounds 90 seconds to 2m and gives
# undefined for "1 month", "1h30" and "1d 2h" (a timer of undefined runs at once).
# Hurts: "answer within 1 month, 13 hours, 30 minutes"; a ticket that is overdue by an hour says that there is an hour left.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund humanize-duration@3.35.1 ms@2.1.3

cat >try.mjs <<'CODE'
import humanize from 'humanize-duration';
import ms from 'ms';
const day = 86_400_000;
for (const [name, time] of Object.entries({ '365 days': 365 * day, '366 days': 366 * day, '30 days': 30 * day, '31 days': 31 * day, '90 days': 90 * day, '-5 seconds': -5000, '-1 hour': -3_600_000, '90 minutes': 5_400_000, '90 seconds': 90_000 })) console.log(name, '->', humanize(time), '|', humanize(time, { largest: 1, round: true }), '|', ms(time), '|', ms(time, { long: true }));
for (const text of ['90 minutes', '1.5h', '1,5h', '1h30', '1d 2h', '1 month', '1 year', '2 weeks', ' 1h', '1 h']) console.log(JSON.stringify(text), '->', ms(text));
CODE

cat >expected <<'SEEN'
365 days -> 11 months, 4 weeks, 2 days, 4 hours, 30 minutes | 1 year | 365d | 365 days
366 days -> 1 year, 18 hours | 1 year | 366d | 366 days
30 days -> 4 weeks, 2 days | 4 weeks | 30d | 30 days
31 days -> 1 month, 13 hours, 30 minutes | 1 month | 31d | 31 days
90 days -> 2 months, 4 weeks, 1 day, 3 hours | 3 months | 90d | 90 days
-5 seconds -> 5 seconds | 5 seconds | -5s | -5 seconds
-1 hour -> 1 hour | 1 hour | -1h | -1 hour
90 minutes -> 1 hour, 30 minutes | 2 hours | 2h | 2 hours
90 seconds -> 1 minute, 30 seconds | 2 minutes | 2m | 2 minutes
"90 minutes" -> 5400000
"1.5h" -> 5400000
"1,5h" -> undefined
"1h30" -> undefined
"1d 2h" -> undefined
"1 month" -> undefined
"1 year" -> 31557600000
"2 weeks" -> 1209600000
" 1h" -> undefined
"1 h" -> 3600000
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
