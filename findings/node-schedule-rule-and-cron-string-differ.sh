#!/usr/bin/env bash
# node-schedule 2.1.1: the same daily plan runs on other days as a rule object than as a cron string, and a rule for day 7 never runs.
#
# Guess: new RecurrenceRule with hour 2 and minute 30 is "30 2 * * *", and dayOfWeek 7 is Sunday as in cron, or an error.
# Seen:  the rule leaves out the day on which 02:30 is missing and runs twice on the day when it comes twice; the string runs once on each.
# dayOfWeek 7 and month 12 give null: no run, no error.
# Hurts: who turns the string into an object to make it readable gets another plan.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-schedule@2.1.1

cat >try.mjs <<'JS'
import { mock } from 'node:test';
import schedule from 'node-schedule';
const tz = 'Europe/Berlin';
const rule = (fields) => Object.assign(new schedule.RecurrenceRule(), { tz, hour: 2, minute: 30, second: 0 }, fields);
const next = (plan) => { const job = new schedule.Job(() => {}); job.schedule(plan); const date = job.nextInvocation(); job.cancel(); return (date.toDate?.() ?? date).toISOString(); };
for (const days of [['2026-03-28T12:00:00Z', 2], ['2026-10-24T12:00:00Z', 3]])
  for (const [name, plan] of [['rule  ', rule({})], ['string', { rule: '30 2 * * *', tz }]]) {
    let now = days[0];
    const runs = [];
    for (let i = 0; i < days[1]; i++) {
      mock.timers.enable({ apis: ['Date'], now: new Date(now) });
      now = next(plan);
      mock.timers.reset();
      runs.push(now);
    }
    console.log('from', days[0], name, runs.join(' '));
  }
console.log('dayOfWeek 7:', rule({ dayOfWeek: 7 }).nextInvocationDate(new Date()), '| month 12:', rule({ month: 12 }).nextInvocationDate(new Date()));
process.exit();
JS

cat >expected <<'SEEN'
from 2026-03-28T12:00:00Z rule   2026-03-30T00:30:00.000Z 2026-03-31T00:30:00.000Z
from 2026-03-28T12:00:00Z string 2026-03-29T01:30:00.000Z 2026-03-30T00:30:00.000Z
from 2026-10-24T12:00:00Z rule   2026-10-25T00:30:00.000Z 2026-10-25T01:30:00.000Z 2026-10-26T01:30:00.000Z
from 2026-10-24T12:00:00Z string 2026-10-25T00:30:00.000Z 2026-10-26T01:30:00.000Z 2026-10-27T01:30:00.000Z
dayOfWeek 7: null | month 12: null
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
