#!/usr/bin/env bash
# @strapi/database 5.54.0: updateMany with a relation in its condition fails, though findMany and deleteMany take it.
#
# Guess: a condition on a relation selects the rows to update by a subquery, as it does for a deletion.
# Seen:  select joins, delete asks a subquery, and update throws a TypeError that names neither the relation nor the condition: the
# subquery's statement is made without the new values.
# Hurts: "close all tickets of this contact" is two statements: read the ids, then update by them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @strapi/database@5.54.0 pg@8.16.3

# No server is asked: the statements alone are made.
cat >try.cjs <<'JS'
const { Database } = require('@strapi/database');
(async () => {
  const db = new Database({ connection: { client: 'postgres', connection: { host: '127.0.0.1', port: 1, database: 'x' } }, settings: { migrations: { dir: 'none' } }, logger: console });
  const id = { type: 'increments' };
  const model = (name, attributes) => ({ uid: name, singularName: name, tableName: name + 's', modelName: name, lifecycles: {}, indexes: [], foreignKeys: [], attributes: { id, ...attributes } });
  await db.init({ models: [
    model('author', { name: { type: 'string' } }),
    model('post', { title: { type: 'string' }, author: { type: 'relation', relation: 'manyToOne', target: 'author', useJoinTable: false } }),
  ] });
  const asked = (where, how) => { try { return how(db.queryBuilder('post').where(where)).getKnexQuery().toString(); } catch (e) { return e.constructor.name + ': ' + e.message; } };
  for (const where of [{ id: 1 }, { author: 1 }, { author: { name: 'Ann' } }])
    for (const [name, how] of [['select', (q) => q.select('id')], ['delete', (q) => q.delete()], ['update', (q) => q.update({ title: 'x' })]])
      console.log(JSON.stringify(where).padEnd(28), name, ' ', asked(where, how));
  process.exit(0);
})();
JS

cat >expected <<'SEEN'
{"id":1}                     select   select "t0"."id" from "posts" as "t0" where ("t0"."id" = 1)
{"id":1}                     delete   delete from "posts" where ("id" = 1)
{"id":1}                     update   update "posts" set "title" = 'x' where ("id" = 1)
{"author":1}                 select   select distinct "t0"."id" from "posts" as "t0" left join "authors" as "t1" on "t0"."author_id" = "t1"."id" where ("t1"."id" = 1)
{"author":1}                 delete   delete from "posts" where "id" in (select "id" from (select distinct "t0"."id" from "posts" as "t0" left join "authors" as "t1" on "t0"."author_id" = "t1"."id" where ("t1"."id" = 1)) as "subQuery")
{"author":1}                 update   TypeError: Cannot convert undefined or null to object
{"author":{"name":"Ann"}}    select   select distinct "t0"."id" from "posts" as "t0" left join "authors" as "t1" on "t0"."author_id" = "t1"."id" where ("t1"."name" = 'Ann')
{"author":{"name":"Ann"}}    delete   delete from "posts" where "id" in (select "id" from (select distinct "t0"."id" from "posts" as "t0" left join "authors" as "t1" on "t0"."author_id" = "t1"."id" where ("t1"."name" = 'Ann')) as "subQuery")
{"author":{"name":"Ann"}}    update   TypeError: Cannot convert undefined or null to object
SEEN
node try.cjs | tee seen
diff expected seen && echo 'as described'
