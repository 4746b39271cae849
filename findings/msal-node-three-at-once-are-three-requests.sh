#!/usr/bin/env bash
# @azure/msal-node 7.2.3: three calls at once for the same token make three requests, and of a new refresh token nothing is said.
#
# Guess: calls for one token share the request that is under way; the answer to a refresh token has the new one, as the service turns them (RFC 6749 section
# 6).
# Seen:  the cache is asked first and filled last. refreshToken is in no result, only in the serialized cache; an access token with less than five minutes
# left is asked for anew each time.
# Hurts: as many mailboxes as start at once ask at once, until the service throttles them; who stores the refresh token himself keeps the first, which ends
# after 90 days.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @azure/msal-node@7.2.3

cat >try.mjs <<'JS'
import { ConfidentialClientApplication } from '@azure/msal-node';
const metadata = { tenant_discovery_endpoint: 'x', metadata: [{ preferred_network: 'login.microsoftonline.com', preferred_cache: 'login.windows.net', aliases: ['login.microsoftonline.com', 'login.windows.net'] }] };
const endpoints = Object.fromEntries(['token_endpoint', 'authorization_endpoint', 'issuer', 'jwks_uri'].map((name) => [name, 'https://login.microsoftonline.com/tenant/' + name]));
const scopes = ['https://graph.microsoft.com/.default'];
let requests;
const application = (expires_in, more) => {
  requests = 0;
  const networkClient = { sendGetRequestAsync: async (url) => ({ headers: {}, status: 200, body: url.includes('discovery/instance') ? metadata : endpoints }), sendPostRequestAsync: async () => ({ headers: {}, status: 200, body: { token_type: 'Bearer', expires_in, access_token: 'token ' + ++requests, ...more } }) };
  return new ConfidentialClientApplication({ auth: { clientId: 'id', clientSecret: 'x', authority: 'https://login.microsoftonline.com/tenant' }, system: { networkClient } });
};
const ask = (client) => client.acquireTokenByClientCredential({ scopes }).then(({ accessToken }) => accessToken);
for (const seconds of [3600, 290]) {
  const client = application(seconds);
  console.log(seconds, 'seconds -> one after the other:', await ask(client), await ask(client), '| requests', requests);
}
const client = application(3600);
console.log('at once ->', (await Promise.all([ask(client), ask(client), ask(client)])).join(', '), '| requests', requests);
const refreshed = await application(3600, { refresh_token: 'second' }).acquireTokenByRefreshToken({ refreshToken: 'first', scopes });
console.log('refreshed ->', refreshed.accessToken, '| a refresh token in the result:', JSON.stringify(refreshed).includes('second'));
JS

cat >expected <<'SEEN'
3600 seconds -> one after the other: token 1 token 1 | requests 1
290 seconds -> one after the other: token 1 token 2 | requests 2
at once -> token 1, token 2, token 3 | requests 3
refreshed -> token 1 | a refresh token in the result: false
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
