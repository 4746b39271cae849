#!/usr/bin/env bash
# Five cron libraries: "5/20" is 5, 25 and 45 past for three, 5 past for cron-schedule and an error for croner; "1-7" has no Sunday for
# @datasert/cronjs-matcher.
#
# Guess: 5/20 means from five on each twenty minutes; Sunday is 0 and 7, alone and in ranges.
# Seen:  the same text is three different plans, without a word. */90 is each full hour where it is no error.
# Hurts: plans typed by users and moved from one program to another run at other times, and on Sundays nobody is reminded.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts cron@4.4.0 cron-schedule@6.0.0 @datasert/cronjs-matcher@1.4.0 croner@11.0.1 cron-parser@5.10.6

cat >try.mjs <<'JS'
import { CronTime } from 'cron';
import { CronExpressionParser } from 'cron-parser';
import { parseCronExpression } from 'cron-schedule';
import { Cron } from 'croner';
import matcher from '@datasert/cronjs-matcher';
const from = new Date('2026-11-06T12:00:00Z');
const three = (next) => { const dates = []; for (let date = from; dates.length < 3; dates.push(date)) date = next(date); return dates; };
const libraries = {
  cron: (plan) => three((date) => new CronTime(plan, 'UTC').getNextDateFrom(date).toJSDate()),
  'cron-parser': (plan) => CronExpressionParser.parse(plan, { currentDate: from, tz: 'UTC' }).take(3).map((date) => date.toDate()),
  'cron-schedule': (plan) => parseCronExpression(plan).getNextDates(3, from),
  croner: (plan) => new Cron(plan, { timezone: 'UTC', paused: true }).nextRuns(3, from),
  cronjs: (plan) => matcher.getFutureMatches(plan, { startAt: from.toISOString(), matchCount: 3, timezone: 'UTC' }).map((text) => new Date(text)),
};
for (const plan of ['5/20 * * * *', '0 9 * * 1-7', '0 9 * * 7', '*/90 * * * *']) {
  for (const [name, dates] of Object.entries(libraries)) {
    let seen; try { seen = dates(plan).map((date) => date.toISOString().slice(8, 16)).join(' '); } catch { seen = 'error'; }
    console.log(plan, name, '->', seen);
  }
}
JS

cat >expected <<'SEEN'
5/20 * * * * cron -> 06T12:05 06T12:25 06T12:45
5/20 * * * * cron-parser -> 06T12:05 06T12:25 06T12:45
5/20 * * * * cron-schedule -> 06T12:05 06T13:05 06T14:05
5/20 * * * * croner -> error
5/20 * * * * cronjs -> 06T12:05 06T12:25 06T12:45
0 9 * * 1-7 cron -> 07T09:00 08T09:00 09T09:00
0 9 * * 1-7 cron-parser -> 07T09:00 08T09:00 09T09:00
0 9 * * 1-7 cron-schedule -> 07T09:00 08T09:00 09T09:00
0 9 * * 1-7 croner -> 07T09:00 08T09:00 09T09:00
0 9 * * 1-7 cronjs -> 07T09:00 09T09:00 10T09:00
0 9 * * 7 cron -> 08T09:00 15T09:00 22T09:00
0 9 * * 7 cron-parser -> 08T09:00 15T09:00 22T09:00
0 9 * * 7 cron-schedule -> 08T09:00 15T09:00 22T09:00
0 9 * * 7 croner -> 08T09:00 15T09:00 22T09:00
0 9 * * 7 cronjs -> 08T09:00 15T09:00 22T09:00
*/90 * * * * cron -> 06T13:00 06T14:00 06T15:00
*/90 * * * * cron-parser -> 06T13:00 06T14:00 06T15:00
*/90 * * * * cron-schedule -> 06T13:00 06T14:00 06T15:00
*/90 * * * * croner -> error
*/90 * * * * cronjs -> error
SEEN
TZ=UTC node try.mjs | tee seen
diff expected seen && echo 'as described'
