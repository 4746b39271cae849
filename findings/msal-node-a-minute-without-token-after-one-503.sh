#!/usr/bin/env bash
# @azure/msal-node 7.2.3: after one answer 503 or 429 the next request for a token fails at once, without asking and without a word why.
#
# Guess: each call asks the server again, or waits as long as Retry-After says; an error says at least what it is.
# Seen:  answers of 429 and 5xx are kept for a minute (or Retry-After); until then acquireTokenByClientCredential throws a ServerError whose code, message
# and status are empty. An answer that is no JSON is kept likewise, and is a TypeError the first time. 401 is asked again.
# Hurts: a short fault of the service stops a mailbox for a minute, and its log has an empty line instead of the cause.
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
for (const [status, body] of [[401, { error: 'invalid_client', error_description: 'wrong secret' }], [429, { error: 'throttled' }], [503, { error: 'temporarily_unavailable' }], [502, '<html>Bad gateway</html>']]) {
  let requests = 0;
  const networkClient = { sendGetRequestAsync: async (url) => ({ headers: {}, status: 200, body: url.includes('discovery/instance') ? metadata : endpoints }), sendPostRequestAsync: async () => (requests++ ? { headers: {}, status: 200, body: { token_type: 'Bearer', expires_in: 3600, access_token: 'token' } } : { headers: {}, status, body }) };
  const application = new ConfidentialClientApplication({ auth: { clientId: 'id', clientSecret: 'x', authority: 'https://login.microsoftonline.com/tenant' }, system: { networkClient } });
  const ask = () => application.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] }).then(({ accessToken }) => accessToken, (error) => `${error.constructor.name} code ${JSON.stringify(error.errorCode)} status ${error.status}`);
  console.log(status, '-> first:', await ask(), '| second:', await ask(), '| requests', requests);
}
JS

cat >expected <<'SEEN'
401 -> first: ServerError code "invalid_client" status 401 | second: token | requests 2
429 -> first: ServerError code "throttled" status 429 | second: ServerError code "" status undefined | requests 1
503 -> first: ServerError code "temporarily_unavailable" status 503 | second: ServerError code "" status undefined | requests 1
502 -> first: TypeError code undefined status undefined | second: ServerError code "" status undefined | requests 1
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
