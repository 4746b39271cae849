#!/usr/bin/env bash
# knex 3.3.0: where('closed', null) looks for null, but where('closed', '=', null) and '!=' find nothing at all, without a word.
#
# Guess: knex writes "is null" for null with "=" and without it, so for "!=" it writes "is not null".
# Seen:  with an operator NULL stands in the SQL as it is, and what is compared with it is never true; whereNot(…, null) is right, whereNot(…, '=', null) is
# not.
# Hurts: filters built from fields, operators and values: "is not empty" shows an empty list.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts knex@3.3.0

cat >try.mjs <<'JS'
import knex from 'knex';
const db = knex({ client: 'pg' });
for (const [name, make] of Object.entries({
  "where('closed', null)": (query) => query.where('closed', null),
  "where('closed', '=', null)": (query) => query.where('closed', '=', null),
  "where('closed', '!=', null)": (query) => query.where('closed', '!=', null),
  "where('closed', '<>', null)": (query) => query.where('closed', '<>', null),
  "whereNot('closed', null)": (query) => query.whereNot('closed', null),
  "whereNot('closed', '=', null)": (query) => query.whereNot('closed', '=', null),
  "where('closed', 'is not', null)": (query) => query.where('closed', 'is not', null),
})) console.log(name, '->', make(db('tickets')).toString().replace('select * from "tickets" where ', ''));
JS

cat >expected <<'SEEN'
where('closed', null) -> "closed" is null
where('closed', '=', null) -> "closed" = NULL
where('closed', '!=', null) -> "closed" != NULL
where('closed', '<>', null) -> "closed" <> NULL
whereNot('closed', null) -> "closed" is not null
whereNot('closed', '=', null) -> not "closed" = NULL
where('closed', 'is not', null) -> "closed" is not null
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
