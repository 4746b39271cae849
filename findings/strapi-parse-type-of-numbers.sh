#!/usr/bin/env bash
# @strapi/utils 5.55.0: parseType reads the integer "1.5" as 1.5, "" as 0, "12a" as NaN, and loses the last digit of a biginteger.
#
# Guess: an integer is whole or refused, as a wrong date is; a biginteger stays a string, as in the answers of the API; "TRUE" is a
# boolean.
# Seen:  numbers are whatever Number() makes of them; only booleans and dates are checked. A datetime without a time is midnight of
# the machine, and a date with an offset the day of the machine (here New York).
# Hurts: numbers of orders and telephones above 2^53 change; an empty field of an import becomes the amount 0.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @strapi/utils@5.55.0

cat >try.mjs <<'JS'
process.env.TZ = 'America/New_York';
const { default: utils } = await import('@strapi/utils');
for (const [type, value] of [['integer', '1.5'], ['integer', ''], ['integer', '12a'], ['integer', ' 7 '], ['integer', '0x10'], ['biginteger', '9007199254740993'], ['decimal', '1,5'], ['boolean', 't'], ['boolean', 'TRUE'], ['date', '2026-11-29T23:30:00-05:00'], ['time', '10:00'], ['time', '10:00:00'], ['datetime', '2026-11-29']]) {
  let seen; try { seen = utils.parseType({ type, value }); } catch (error) { seen = 'refused: ' + error.message; }
  console.log(type.padEnd(10), JSON.stringify(value).padEnd(28), seen instanceof Date ? seen.toISOString() : seen);
}
JS

cat >expected <<'SEEN'
integer    "1.5"                        1.5
integer    ""                           0
integer    "12a"                        NaN
integer    " 7 "                        7
integer    "0x10"                       16
biginteger "9007199254740993"           9007199254740992
decimal    "1,5"                        NaN
boolean    "t"                          true
boolean    "TRUE"                       refused: Invalid boolean input. Expected "t","1","true","false","0","f"
date       "2026-11-29T23:30:00-05:00"  2026-11-29
time       "10:00"                      refused: Invalid time format, expected HH:mm:ss.SSS
time       "10:00:00"                   10:00:00.000
datetime   "2026-11-29"                 2026-11-29T05:00:00.000Z
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
