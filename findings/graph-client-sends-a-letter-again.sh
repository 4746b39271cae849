#!/usr/bin/env bash
# @microsoft/microsoft-graph-client 3.0.7: after "504 Gateway Timeout" a POST to sendMail is sent again without being asked, so that one letter goes out
# twice.
#
# Guess: what is not sure to be harmless when repeated (RFC 9110 section 9.2.2: POST) is tried again at 429 only, where the server says that it did nothing.
# Seen:  429, 503 and 504 are tried again up to three times whatever the method, also where no Retry-After came; 500 and 502 are not. Only a stream as body
# stops it, or RetryHandlerOptions with a shouldRetry of one's own.
# Hurts: a gateway that gave up waiting says nothing about the mailbox behind it: customers get the same answer twice.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @microsoft/microsoft-graph-client@3.0.7

cat >try.mjs <<'JS'
import graph from '@microsoft/microsoft-graph-client';
const letter = { message: { subject: 'Re: Offer', toRecipients: [{ emailAddress: { address: 'anna@example.com' } }] } };
for (const status of [429, 500, 502, 503, 504]) {
  for (const method of ['get', 'post']) {
    let calls = 0;
    globalThis.fetch = async () => (++calls === 1 ? new Response('', { status, headers: { 'retry-after': '1' } }) : new Response(null, { status: 202 }));
    const client = graph.Client.init({ authProvider: (done) => done(null, 'token') });
    const result = await client.api('/me/sendMail')[method](letter).then(() => 'done', (error) => 'error ' + error.statusCode);
    console.log(method, status, '->', calls, calls === 1 ? 'request,' : 'requests,', result);
  }
}
JS

cat >expected <<'SEEN'
get 429 -> 2 requests, done
post 429 -> 2 requests, done
get 500 -> 1 request, error 500
post 500 -> 1 request, error 500
get 502 -> 1 request, error 502
post 502 -> 1 request, error 502
get 503 -> 2 requests, done
post 503 -> 2 requests, done
get 504 -> 2 requests, done
post 504 -> 2 requests, done
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
