#!/usr/bin/env bash
# koa 2.16.4: ctx.body = null makes the status 204, also where 404, 201 or 500 was set in the line before.
#
# Guess: a status that was set explicitly stays (koa has a flag for just that): status 201 or 404 with an empty body.
# Seen:  null and undefined set 204 over any status; an empty string does not, and neither does null in the line before the status.
# Hurts: a route that answers "not found" with an empty body tells the caller that all went well; a retry after a failed webhook never comes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts koa@2.16.4

cat >try.mjs <<'JS'
import { once } from 'node:events';
import Koa from 'koa';
const ways = {
  'status 404, body null': (ctx) => { ctx.status = 404; ctx.body = null; },
  'status 201, body null': (ctx) => { ctx.status = 201; ctx.body = null; },
  'status 500, body undefined': (ctx) => { ctx.status = 500; ctx.body = undefined; },
  'body null, status 404': (ctx) => { ctx.body = null; ctx.status = 404; },
  "status 404, body ''": (ctx) => { ctx.status = 404; ctx.body = ''; },
};
let way;
const server = new Koa().use((ctx) => way(ctx)).listen(0, '127.0.0.1');
await once(server, 'listening');
for (const [name, next] of Object.entries(ways)) {
  way = next;
  const answer = await fetch(`http://127.0.0.1:${server.address().port}`);
  console.log(`${name}: ${answer.status} ${JSON.stringify(await answer.text())}`);
}
process.exit(0);
JS

cat >expected <<'SEEN'
status 404, body null: 204 ""
status 201, body null: 204 ""
status 500, body undefined: 204 ""
body null, status 404: 404 ""
status 404, body '': 404 ""
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
