#!/usr/bin/env bash
# client-oauth2 4.3.3, simple-oauth2 5.1.0 and oauth4webapi 3.8.8: the same client secret is sent in three ways in the Authorization header.
#
# Guess: id and secret are form-encoded, then joined and put into base64 (RFC 6749 section 2.3.1), by all three alike.
# Seen:  client-oauth2 encodes nothing; oauth4webapi also encodes the signs . ~ - _ which the others leave alone; a server that does not undo all of
# it refuses one or the other.
# Hurts: a secret with ~ or +, as Microsoft gives out, works in one program and is "invalid_client" in the next.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts client-oauth2@4.3.3 simple-oauth2@5.1.0 oauth4webapi@3.8.8

cat >try.mjs <<'JS'
import { createServer } from 'node:http';
import { once } from 'node:events';
import ClientOAuth2 from 'client-oauth2';
import { ClientCredentials } from 'simple-oauth2';
import { ClientSecretBasic } from 'oauth4webapi';
const id = 'desk', secret = 'a+b~c.d-e_f/%';
const decoded = (header) => Buffer.from(header.split(' ')[1], 'base64').toString();
let seen;
const server = createServer((request, response) => { seen = decoded(request.headers.authorization); response.setHeader('content-type', 'application/json'); response.end('{"access_token":"a","token_type":"Bearer","expires_in":60}'); }).listen(0, '127.0.0.1');
await once(server, 'listening');
const base = 'http://127.0.0.1:' + server.address().port;
await new ClientOAuth2({ clientId: id, clientSecret: secret, accessTokenUri: base + '/token' }).credentials.getToken();
console.log('client-oauth2', seen);
await new ClientCredentials({ client: { id, secret }, auth: { tokenHost: base, tokenPath: '/token' } }).getToken({});
console.log('simple-oauth2', seen);
const headers = new Headers();
await ClientSecretBasic(secret)({}, { client_id: id }, new URLSearchParams(), headers);
console.log('oauth4webapi ', decoded(headers.get('authorization')));
server.close();
process.exit(0);
JS

cat >expected <<'SEEN'
client-oauth2 desk:a+b~c.d-e_f/%
simple-oauth2 desk:a%2Bb~c.d-e_f%2F%25
oauth4webapi  desk:a%2Bb%7Ec%2Ed%2De%5Ff%2F%25
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
