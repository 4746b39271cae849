#!/usr/bin/env bash
# pg-boss 10.4.2: a job for a queue that does not exist is null without an error, and a singletonKey alone keeps no second job away.
#
# Guess: send() to an unknown queue throws, or makes the queue as version 9 did; two jobs with one singletonKey are one while the first waits;
# complete() of a job that waits is an error.
# Seen:  see below: null, two jobs, and a success that says "affected: 0" only to who looks. singletonKey counts together with singletonSeconds or a
# queue policy.
# Hurts: an email to send is lost by a typing error in a name, and an answer goes out twice.
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

console.log('unknown queue:', await boss.send('maill', { n: 1 }));
await boss.createQueue('mail');
const ids = [await boss.send('mail', { n: 1 }, { singletonKey: 'ticket 1' }), await boss.send('mail', { n: 2 }, { singletonKey: 'ticket 1' })];
console.log('two with one singletonKey:', ids.filter(Boolean).length, 'jobs');
const { affected } = await boss.complete('mail', ids[0]);
console.log('complete() before fetch(): affected', affected, '- state', (await boss.getJobById('mail', ids[0])).state);
await boss.createQueue('short', { policy: 'short' });
console.log('two with policy short:', [await boss.send('short', {}, { singletonKey: 'ticket 1' }), await boss.send('short', {}, { singletonKey: 'ticket 1' })].filter(Boolean).length, 'job');
process.exit(0);
JS

cat >expected <<'SEEN'
unknown queue: null
two with one singletonKey: 2 jobs
complete() before fetch(): affected 0 - state created
two with policy short: 1 job
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
