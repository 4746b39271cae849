#!/usr/bin/env bash
# knex 3.3.0: an update with a limit, an order or a join is written without them on PostgreSQL and SQLite, and changes all rows.
#
# Guess: limit(5).update() is refused where the database has no such thing, as limit(5).del() is.
# Seen:  limit and orderBy vanish without a word for pg and sqlite3; mysql2 writes them. A join vanishes as well, only its condition
# stays. delete with a limit is refused.
# Hurts: a worker that takes five jobs of a queue takes all of them, on one of the three databases that the same code runs on.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts knex@3.3.0

cat >try.mjs <<'JS'
import knex from 'knex';
for (const client of ['pg', 'sqlite3', 'mysql2']) {
  const db = knex({ client, useNullAsDefault: true });
  const shown = (query) => { try { return query.toString(); } catch (error) { return error.message; } };
  console.log(client);
  console.log('  update, limit', shown(db('jobs').where({ state: 'open' }).orderBy('id').limit(5).update({ state: 'taken' })));
  console.log('  update, join ', shown(db('jobs').join('users', 'users.id', 'jobs.user').where('users.active', true).update({ state: 'taken' })));
  console.log('  delete, limit', shown(db('jobs').where({ state: 'done' }).limit(5).del()));
}
JS

cat >expected <<'SEEN'
pg
  update, limit update "jobs" set "state" = 'taken' where "state" = 'open'
  update, join  update "jobs" set "state" = 'taken' where "users"."active" = true
  delete, limit Aborted query compilation: `limit` has no effect on a `delete` statement
sqlite3
  update, limit update `jobs` set `state` = 'taken' where `state` = 'open'
  update, join  update `jobs` set `state` = 'taken' where `users`.`active` = true
  delete, limit Aborted query compilation: `limit` has no effect on a `delete` statement
mysql2
  update, limit update `jobs` set `state` = 'taken' where `state` = 'open' order by `id` asc limit 5
  update, join  update `jobs` inner join `users` on `users`.`id` = `jobs`.`user` set `state` = 'taken' where `users`.`active` = true
  delete, limit delete from `jobs` where `state` = 'done' limit 5
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
