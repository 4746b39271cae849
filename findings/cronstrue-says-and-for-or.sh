#!/usr/bin/env bash
# cronstrue 3.39.0: "0 9 1 * 1" is told as "on day 1 of the month, and on Monday", and "*/45" as every 45 minutes.
#
# Guess: cron runs when either day field matches, so the words are "or"; */45 runs at :00 and :45, so that the gaps are 45 and 15
# minutes.
# Seen:  the words read like both conditions at once, and like an even interval. croner 11.0.1 tells the runs.
# Hurts: a user who reads the sentence below the field sets up a report that comes five times as often.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts cronstrue@3.39.0 croner@11.0.1

cat >try.mjs <<'JS'
process.env.TZ = 'UTC';
const { default: cronstrue } = await import('cronstrue');
const { Cron } = await import('croner');
for (const plan of ['0 9 1 * 1', '*/45 * * * *', '0 */5 * * *', '0 9 * * */2', '0 9 */2 * *', '0 9 30 2 *']) {
  const runs = new Cron(plan, { timezone: 'UTC' }).nextRuns(5, new Date('2026-12-29T22:00:00Z')).map((date) => date.toISOString().slice(5, 16));
  console.log(plan.padEnd(12), cronstrue.toString(plan, { use24HourTimeFormat: true }), '\n            ', runs.join(' ') || 'never');
}
JS

cat >expected <<'SEEN'
0 9 1 * 1    At 09:00, on day 1 of the month, and on Monday 
             01-01T09:00 01-04T09:00 01-11T09:00 01-18T09:00 01-25T09:00
*/45 * * * * Every 45 minutes 
             12-29T22:45 12-29T23:00 12-29T23:45 12-30T00:00 12-30T00:45
0 */5 * * *  On the hour, every 5 hours 
             12-30T00:00 12-30T05:00 12-30T10:00 12-30T15:00 12-30T20:00
0 9 * * */2  At 09:00, every 2 days of the week 
             12-31T09:00 01-02T09:00 01-03T09:00 01-05T09:00 01-07T09:00
0 9 */2 * *  At 09:00, every 2 days in a month 
             12-31T09:00 01-01T09:00 01-03T09:00 01-05T09:00 01-07T09:00
0 9 30 2 *   At 09:00, on day 30 of the month, only in February 
             never
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
