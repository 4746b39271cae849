#!/usr/bin/env bash
# google-auth-library 10.9.1: when an answer brings a new refresh token, the client goes on with the old one, and a date of expiry in ISO form never comes.
#
# Guess: a new refresh token replaces the old one (RFC 6749 section 6); credentials that were stored as JSON, with expiry_date as a Date makes it, or
# with expires_in, expire.
# Seen:  the event "tokens" has the new one, credentials has the old one. "2026-01-01T00:00:00.000Z" and expires_in: 0 count as valid for ever,
# numbers and digits in a string do not.
# Hurts: a server that gives each refresh token once (Microsoft, many others) locks the mailbox out at the second refresh; old tokens are sent until
# the API refuses them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts google-auth-library@10.9.1

cat >try.mjs <<'JS'
import { createServer } from 'node:http';
import { once } from 'node:events';

import { OAuth2Client } from 'google-auth-library';
const server = createServer((request, response) => { response.setHeader('content-type', 'application/json'); response.end('{"access_token":"new","token_type":"Bearer","expires_in":3600,"refresh_token":"second"}'); }).listen(0, '127.0.0.1');
await once(server, 'listening');
const client = (credentials) => { const made = new OAuth2Client({ clientId: 'desk', clientSecret: 'secret', endpoints: { oauth2TokenUrl: 'http://127.0.0.1:' + server.address().port } }); made.setCredentials({ access_token: 'old', refresh_token: 'first', ...credentials }); return made; };
const one = client({ expiry_date: 1 });
one.on('tokens', (tokens) => console.log('event tokens:', tokens.refresh_token));
await one.getAccessToken();
console.log('credentials: ', one.credentials.refresh_token);
const past = new Date('2026-01-01T00:00:00Z');
for (const credentials of [{ expiry_date: past.getTime() }, { expiry_date: String(past.getTime()) }, { expiry_date: past.toISOString() }, { expires_in: 0 }]) console.log(JSON.stringify(credentials), '->', (await client(credentials).getAccessToken()).token);
server.close();
process.exit(0);
JS

cat >expected <<'SEEN'
event tokens: second
credentials:  first
{"expiry_date":1767225600000} -> new
{"expiry_date":"1767225600000"} -> new
{"expiry_date":"2026-01-01T00:00:00.000Z"} -> old
{"expires_in":0} -> old
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
