#!/usr/bin/env bash
# openid-client 6.9.0: an answer with "id_token": null or an empty refresh token is refused whole, and an error with another Content-Type hides its code.
#
# Guess: members that are null or empty count as absent; invalid_grant is told whatever the type of the answer, as an answer with a token is taken
# with any type.
# Seen:  the access token that came with it is lost, and with it a refresh token that works once; an error in text/plain is "unexpected response
# content-type", and one with status 200 "access_token must be a string".
# Hurts: mail stops for a server that fills in its form too well; the program goes on trying where the user should be asked to sign in again.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts openid-client@6.9.0

cat >try.mjs <<'JS'
import { createServer } from 'node:http';
import { once } from 'node:events';

import * as client from 'openid-client';
let answer;
const server = createServer((request, response) => { response.writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'application/json' }); response.end(JSON.stringify(answer.body)); }).listen(0, '127.0.0.1');
await once(server, 'listening');
const base = 'http://127.0.0.1:' + server.address().port;
const config = new client.Configuration({ issuer: base, token_endpoint: base + '/token' }, 'desk', 'secret');
client.allowInsecureRequests(config);
const token = { access_token: 'a', token_type: 'Bearer', expires_in: 3600 };
for (answer of [{ body: token }, { body: token, type: 'text/plain' }, { body: { ...token, id_token: null } }, { body: { ...token, refresh_token: '' } }, { body: { ...token, scope: null } }, { body: token, status: 201 }, { body: { error: 'invalid_grant' }, status: 400 }, { body: { error: 'invalid_grant' }, status: 400, type: 'text/plain' }, { body: { error: 'invalid_grant' } }])
  console.log(JSON.stringify(answer), '->', await client.refreshTokenGrant(config, 'r').then((tokens) => tokens.access_token, (error) => error.code + ' ' + (error.error ?? error.cause?.message ?? error.message)));
server.close();
process.exit(0);
JS

cat >expected <<'SEEN'
{"body":{"access_token":"a","token_type":"Bearer","expires_in":3600}} -> a
{"body":{"access_token":"a","token_type":"Bearer","expires_in":3600},"type":"text/plain"} -> a
{"body":{"access_token":"a","token_type":"Bearer","expires_in":3600,"id_token":null}} -> OAUTH_INVALID_RESPONSE "response" body "id_token" property must be a string
{"body":{"access_token":"a","token_type":"Bearer","expires_in":3600,"refresh_token":""}} -> OAUTH_INVALID_RESPONSE "response" body "refresh_token" property must not be empty
{"body":{"access_token":"a","token_type":"Bearer","expires_in":3600,"scope":null}} -> OAUTH_INVALID_RESPONSE "response" body "scope" property must be a string
{"body":{"access_token":"a","token_type":"Bearer","expires_in":3600},"status":201} -> OAUTH_RESPONSE_IS_NOT_CONFORM unexpected HTTP response status code
{"body":{"error":"invalid_grant"},"status":400} -> OAUTH_RESPONSE_BODY_ERROR invalid_grant
{"body":{"error":"invalid_grant"},"status":400,"type":"text/plain"} -> OAUTH_RESPONSE_IS_NOT_JSON unexpected response content-type
{"body":{"error":"invalid_grant"}} -> OAUTH_INVALID_RESPONSE "response" body "access_token" property must be a string
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
