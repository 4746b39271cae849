#!/usr/bin/env bash
# knex 3.3.0: whereNot({ a: 1, b: 2 }) means neither of them, and where("a", "=", null) and where("a", "<>", null) are never true.
#
# Guess: not (a = 1 and b = 2), as where() of the same object is (a = 1 and b = 2); with null "=" becomes "is null" and "<>" "is not
# null", as with where({ a: null }) and whereNot({ a: null }).
# Seen:  not a = 1 and not b = 2 (orWhereNot writes "or" instead); and a = NULL, a <> NULL.
# Hurts: a ticket that meets one of both conditions is left out; a filter for a field that is set finds nothing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts knex@3.3.0

cat >try.mjs <<'JS'
import knex from 'knex';
const db = knex({ client: 'pg' });
const shown = (name, query) => console.log(name.padEnd(34), query.toString().replace(/.*where/, 'where'));
shown('where({ state, queue })', db('t').where({ state: 'new', queue: 'sales' }));
shown('whereNot({ state, queue })', db('t').whereNot({ state: 'new', queue: 'sales' }));
shown('whereNot(function)', db('t').whereNot((query) => query.where({ state: 'new', queue: 'sales' })));
shown('orWhere({ state, queue })', db('t').where('id', 1).orWhere({ state: 'new', queue: 'sales' }));
shown('orWhereNot({ state, queue })', db('t').where('id', 1).orWhereNot({ state: 'new', queue: 'sales' }));
shown('where({ due: null })', db('t').where({ due: null }));
for (const operator of ['=', '<>', '!=', 'is', 'is not']) shown('where(due, ' + operator + ', null)', db('t').where('due', operator, null));
JS

cat >expected <<'SEEN'
where({ state, queue })            where "state" = 'new' and "queue" = 'sales'
whereNot({ state, queue })         where not "state" = 'new' and not "queue" = 'sales'
whereNot(function)                 where not ("state" = 'new' and "queue" = 'sales')
orWhere({ state, queue })          where "id" = 1 or ("state" = 'new' and "queue" = 'sales')
orWhereNot({ state, queue })       where "id" = 1 or not "state" = 'new' or not "queue" = 'sales'
where({ due: null })               where "due" is null
where(due, =, null)                where "due" = NULL
where(due, <>, null)               where "due" <> NULL
where(due, !=, null)               where "due" != NULL
where(due, is, null)               where "due" is null
where(due, is not, null)           where "due" is not null
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
