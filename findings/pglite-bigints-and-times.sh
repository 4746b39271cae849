#!/usr/bin/env bash
# PGlite 0.5.17: int8 is a number or a BigInt by its value, and a Date that goes into a timestamp comes back at another hour.
#
# Guess: int8 has one type (a string with pg); what is stored as a Date is read as the same Date; date and timestamp are read in the
# same zone.
# Seen:  BigInt begins above 2^53 - 1. A Date is stored with its UTC hour and read with that of the machine (Berlin here); a date is
# read as midnight UTC.
# Hurts: code that adds ids or makes JSON of them fails on the first large one only; tests on PGlite shift times by the zone, and
# pass in UTC.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17

cat >try.mjs <<'JS'
process.env.TZ = 'Europe/Berlin';
const { PGlite } = await import('@electric-sql/pglite');
const db = await PGlite.create();
const one = async (sql, values) => Object.values((await db.query(sql, values)).rows[0])[0];
for (const value of ['5', '9007199254740991', '9007199254740992']) { const seen = await one('select ' + value + '::int8 as a'); console.log('int8', value, '->', typeof seen, String(seen)); }
console.log('count(*) ->', typeof await one('select count(*) as a'), '| sum of int8 ->', typeof await one('select sum(5::int8) as a'));
const moment = new Date('2026-11-29T10:00:00Z');
console.log('given      ', moment.toISOString());
console.log('timestamptz', (await one('select $1::timestamptz as a', [moment])).toISOString());
console.log('timestamp  ', (await one('select $1::timestamp as a', [moment])).toISOString());
console.log('date       ', (await one("select '2026-11-29'::date as a")).toISOString());
JS

cat >expected <<'SEEN'
int8 5 -> number 5
int8 9007199254740991 -> number 9007199254740991
int8 9007199254740992 -> bigint 9007199254740992
count(*) -> number | sum of int8 -> string
given       2026-11-29T10:00:00.000Z
timestamptz 2026-11-29T10:00:00.000Z
timestamp   2026-11-29T09:00:00.000Z
date        2026-11-29T00:00:00.000Z
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
