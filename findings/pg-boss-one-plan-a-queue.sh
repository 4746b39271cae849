#!/usr/bin/env bash
# pg-boss 10.4.2: a second plan of a queue replaces the first, and a time zone that does not exist is accepted.
#
# Guess: schedule() adds a plan, so that a queue can run at 9 on working days and at 11 on Saturdays; a wrong zone is refused like a wrong cron
# expression; createQueue() again with other options changes the queue.
# Seen:  one plan per queue; Europe/Nowhere is stored, and fails only when the time comes; the second createQueue() changes nothing and says nothing.
# Hurts: the report on Saturday is the only one that ever comes; the one in another zone never does.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts pg-boss@10.4.2 @electric-sql/pglite@0.5.17

cat >try.mjs <<'JS'
import PgBoss from 'pg-boss';
import { PGlite } from '@electric-sql/pglite';
const pg = new PGlite();
const executeSql = async (text, values) => (values?.length ? pg.query(text, values) : (await pg.exec(text)).at(-1) ?? { rows: [] });
const boss = new PgBoss({ db: { executeSql }, supervise: false, schedule: false });
await boss.start();

await boss.createQueue('report', { retryLimit: 1 });
await boss.createQueue('report', { retryLimit: 7 });
console.log('retryLimit after the second createQueue():', (await boss.getQueue('report')).retryLimit);
await boss.schedule('report', '0 9 * * 1-5', { days: 'working' });
await boss.schedule('report', '0 11 * * 6', { days: 'Saturday' });
console.log((await boss.getSchedules()).map((one) => one.cron + ' ' + one.data.days).join('; '));
await boss.schedule('report', '0 9 * * *', {}, { tz: 'Europe/Nowhere' });
console.log((await boss.getSchedules()).map((one) => one.cron + ' ' + one.timezone).join('; '));
process.exit(0);
JS

cat >expected <<'SEEN'
retryLimit after the second createQueue(): 1
0 11 * * 6 Saturday
0 9 * * * Europe/Nowhere
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
