#!/usr/bin/env bash
# simple-oauth2 5.1.0: refresh() loses the refresh token when the answer has none, and a stored token is young again each time it is read.
#
# Guess: without a new refresh token the old one stays (RFC 6749 section 6: the server "may" issue a new one), as client-oauth2 does; createToken() of
# what was stored knows when it ends.
# Seen:  after one refresh there is no refresh token. expires_in counts from the moment of reading unless expires_at was stored too, and an expires_at
# in a string of seconds, as databases give big numbers, means "never expires".
# Hurts: a mailbox at Google, which sends the refresh token once, works for two hours and must be joined by hand again.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts simple-oauth2@5.1.0

cat >try.mjs <<'JS'
import { createServer } from 'node:http';
import { once } from 'node:events';
import { AuthorizationCode } from 'simple-oauth2';
const server = createServer((request, response) => { response.setHeader('content-type', 'application/json'); response.end(JSON.stringify({ access_token: 'second', token_type: 'Bearer', expires_in: 3600 })); }).listen(0, '127.0.0.1');
await once(server, 'listening');
const client = new AuthorizationCode({ client: { id: 'desk', secret: 'secret' }, auth: { tokenHost: 'http://127.0.0.1:' + server.address().port } });
const token = await client.createToken({ access_token: 'first', refresh_token: 'once', expires_in: 0 }).refresh();
console.log('refresh token after refresh():', token.token.refresh_token);
await token.refresh().catch((error) => console.log('second refresh():', error.message.split('\n')[0]));
const kept = JSON.stringify({ access_token: 'first', expires_in: 1 });
await new Promise((done) => setTimeout(done, 1500));
console.log('one second long, read after 1.5 seconds: expired', client.createToken(JSON.parse(kept)).expired());
for (const expires_at of [1700000000, '1700000000', '2023-11-14T22:13:20Z']) console.log('expires_at', JSON.stringify(expires_at), 'expired', client.createToken({ access_token: 'a', expires_at }).expired());
server.close();
JS

cat >expected <<'SEEN'
refresh token after refresh(): undefined
one second long, read after 1.5 seconds: expired false
expires_at 1700000000 expired true
expires_at "1700000000" expired false
expires_at "2023-11-14T22:13:20Z" expired true
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
