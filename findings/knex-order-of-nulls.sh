#!/usr/bin/env bash
# knex 3.3.0: orderBy(column, direction, "last") sorts by nothing but NULL on MySQL, and with "first" and "desc" puts NULL last.
#
# Guess: order by (due is null), due: first the place of NULL, then the column; "first" means first in either direction.
# Seen:  the column itself is missing from the order for mysql2 and sqlite3 as listed, and the direction turns the place of NULL
# round. PostgreSQL has its own words and is right.
# Hurts: the list of tickets by due date is in no order on one database, and pages of it overlap.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts knex@3.3.0

cat >try.mjs <<'JS'
import knex from 'knex';
for (const client of ['pg', 'mysql2', 'sqlite3']) {
  const db = knex({ client, useNullAsDefault: true });
  for (const [direction, nulls] of [['asc', 'last'], ['asc', 'first'], ['desc', 'last'], ['desc', 'first']]) console.log(client, direction, nulls, '->', db('tickets').orderBy('due', direction, nulls).toString().replace(/.*order by/, 'order by'));
}
JS

cat >expected <<'SEEN'
pg asc last -> order by "due" asc nulls last
pg asc first -> order by "due" asc nulls first
pg desc last -> order by "due" desc nulls last
pg desc first -> order by "due" desc nulls first
mysql2 asc last -> order by (`due` is null) asc
mysql2 asc first -> order by (`due` is not null) asc
mysql2 desc last -> order by (`due` is null) desc
mysql2 desc first -> order by (`due` is not null) desc
sqlite3 asc last -> order by (`due` is null) asc
sqlite3 asc first -> order by (`due` is not null) asc
sqlite3 desc last -> order by (`due` is null) desc
sqlite3 desc first -> order by (`due` is not null) desc
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
