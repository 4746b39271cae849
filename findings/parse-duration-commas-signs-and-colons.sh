#!/usr/bin/env bash
# parse-duration 2.1.9: "1,5h" is fifteen hours, "1h -30m" an hour and a half, "1:30" is 1.03 milliseconds.
#
# Guess: a comma is a decimal one or refused; the second sign counts; what is not understood gives null, as for "1 Tag".
# Seen:  the comma is dropped as a mark of thousands; a sign holds for the whole text or not at all; other signs between numbers are
# dropped; a capital M is a minute.
# Hurts: a due time that was typed in the German way lies ten times as far away.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts parse-duration@2.1.9 ms@2.1.3

cat >try.mjs <<'JS'
import parse from 'parse-duration';
import ms from 'ms';
for (const text of ['1.5h', '1,5h', '1h 30m', '1h -30m', '-1h 30m', '1:30', '1:30h', '1M', '1mo', 'PT1H30M', 'P1D', '1 Tag', '2 business days']) {
  let other; try { other = ms(text); } catch (error) { other = error.message; }
  console.log(JSON.stringify(text).padEnd(18), 'parse-duration', String(parse(text)).padEnd(12), 'ms', other);
}
JS

cat >expected <<'SEEN'
"1.5h"             parse-duration 5400000      ms 5400000
"1,5h"             parse-duration 54000000     ms undefined
"1h 30m"           parse-duration 5400000      ms undefined
"1h -30m"          parse-duration 5400000      ms undefined
"-1h 30m"          parse-duration -5400000     ms undefined
"1:30"             parse-duration 1.03         ms undefined
"1:30h"            parse-duration 108000001    ms undefined
"1M"               parse-duration 60000        ms 60000
"1mo"              parse-duration 2629800000   ms undefined
"PT1H30M"          parse-duration 5400000      ms undefined
"P1D"              parse-duration 86400000     ms undefined
"1 Tag"            parse-duration null         ms undefined
"2 business days"  parse-duration null         ms undefined
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
