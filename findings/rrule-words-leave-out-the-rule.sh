#!/usr/bin/env bash
# rrule 2.8.1: toText() says another rule than the one it was given.
#
# Guess: "the last day of the month", "the last weekday of the month"; what it cannot say it marks (isFullyConvertibleToText).
# Seen:  "every month on the last" and "every month on weekdays", and both are said to be convertible in full.
# Hurts: the customer confirms a date that was not meant.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts rrule@2.8.1

cat >try.mjs <<'JS'
import rrule from 'rrule';
for (const rule of ['FREQ=MONTHLY;BYMONTHDAY=-1', 'FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR', 'FREQ=YEARLY;BYMONTH=3', 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1']) {
  const one = rrule.RRule.fromString(rule);
  console.log(rule, '->', one.toText(), '| convertible:', one.isFullyConvertibleToText());
}
JS

cat >expected <<'SEEN'
FREQ=MONTHLY;BYMONTHDAY=-1 -> every month on the last | convertible: true
FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR -> every month on weekdays | convertible: true
FREQ=YEARLY;BYMONTH=3 -> every March | convertible: true
FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1 -> every March on the 1st | convertible: true
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
