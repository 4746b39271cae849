#!/usr/bin/env bash
# cron-parser 5.10.6: a daily plan at 02:00 or 02:15 has no run on the day when Lord Howe Island moves its clocks by half an hour.
#
# Guess: it runs right after the gap, as cron-parser does with gaps of an hour (02:30 becomes 03:30 in Berlin).
# Seen:  on 4 October 2026 the clocks go from 02:00 to 02:30 and cron-parser goes on to the fifth; croner 11.0.1 runs at 02:30.
# Hurts: a daily report or reminder is missing once a year, without a word.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts cron-parser@5.10.6 croner@11.0.1

cat >try.mjs <<'JS'
import { Cron } from 'croner';
import { CronExpressionParser } from 'cron-parser';
const local = (timeZone) => (date) => date.toLocaleString('sv-SE', { timeZone });
for (const [plan, tz, start] of [['0 2 * * *', 'Australia/Lord_Howe', '2026-10-02T12:00:00Z'], ['15 2 * * *', 'Australia/Lord_Howe', '2026-10-02T12:00:00Z'], ['30 2 * * *', 'Europe/Berlin', '2026-03-27T12:00:00Z']]) {
  const other = CronExpressionParser.parse(plan, { tz, currentDate: new Date(start) });
  console.log(plan, tz);
  console.log('  cron-parser', Array.from({ length: 3 }, () => local(tz)(other.next().toDate())).join(', '));
  console.log('  croner     ', new Cron(plan, { timezone: tz }).nextRuns(3, new Date(start)).map(local(tz)).join(', '));
}
JS

cat >expected <<'SEEN'
0 2 * * * Australia/Lord_Howe
  cron-parser 2026-10-03 02:00:00, 2026-10-05 02:00:00, 2026-10-06 02:00:00
  croner      2026-10-03 02:00:00, 2026-10-04 02:30:00, 2026-10-05 02:00:00
15 2 * * * Australia/Lord_Howe
  cron-parser 2026-10-03 02:15:00, 2026-10-05 02:15:00, 2026-10-06 02:15:00
  croner      2026-10-03 02:15:00, 2026-10-04 02:30:00, 2026-10-05 02:15:00
30 2 * * * Europe/Berlin
  cron-parser 2026-03-28 02:30:00, 2026-03-29 03:30:00, 2026-03-30 02:30:00
  croner      2026-03-28 02:30:00, 2026-03-29 03:00:00, 2026-03-30 02:30:00
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
