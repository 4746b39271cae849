#!/usr/bin/env bash
# koa-body 6.0.1 (in Strapi): a form field with a dot in its name is cut at the dot, but only in one of the two encodings of forms; JSON of the type "problem+json" is no body.
#
# Guess: the two encodings of one form give the same body, names as they were sent; what ends in +json is JSON (RFC 6839 section 3.1); the body of DELETE is undefined when it is not read.
# Seen:  urlencoded "h.X-Tag=1" is { h: { 'X-Tag': '1' } }, multipart is { 'h.X-Tag': '1' }, and an address as the name of a field becomes two levels. application/problem+json is undefined,
# text/json a string, DELETE an empty object.
# Hurts: a webhook whose sender changes the encoding (Mailgun uses both, by whether there are files) is read otherwise from one mail to the next.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts koa@2.16.4 koa-body@6.0.1

cat >try.mjs <<'JS'
import { once } from 'node:events';
import Koa from 'koa';
import { koaBody } from 'koa-body';
const app = new Koa().use(koaBody({ multipart: true })).use((ctx) => { ctx.body = ctx.request.body === undefined ? 'undefined' : JSON.stringify(ctx.request.body); });
const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const ask = async (name, body, type, method = 'POST') => {
  const answer = await fetch(`http://127.0.0.1:${server.address().port}`, { method, body, headers: type ? { 'Content-Type': type } : {} });
  console.log(`${name}: ${await answer.text()}`);
};
for (const [name, value] of [['h.X-Tag', '1'], ['anna@example.com', 'to']]) {
  const form = new FormData();
  form.append(name, value);
  await ask(`${name}, urlencoded`, new URLSearchParams([[name, value]]));
  await ask(`${name}, multipart`, form);
}
await ask('application/vnd.api+json', '{"a":1}', 'application/vnd.api+json');
await ask('application/problem+json', '{"a":1}', 'application/problem+json');
await ask('text/json', '{"a":1}', 'text/json');
await ask('DELETE', '{"a":1}', 'application/json', 'DELETE');
process.exit(0);
JS

cat >expected <<'SEEN'
h.X-Tag, urlencoded: {"h":{"X-Tag":"1"}}
h.X-Tag, multipart: {"h.X-Tag":"1"}
anna@example.com, urlencoded: {"anna@example":{"com":"to"}}
anna@example.com, multipart: {"anna@example.com":"to"}
application/vnd.api+json: {"a":1}
application/problem+json: undefined
text/json: "{\"a\":1}"
DELETE: {}
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
