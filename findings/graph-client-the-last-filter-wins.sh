#!/usr/bin/env bash
# @microsoft/microsoft-graph-client 3.0.7: a second filter() takes the place of the first, and of one in the path, where a second select() adds; a Prefer is
# lost likewise.
#
# Guess: two filters are joined by "and", as two calls of select, expand and orderby are joined; two Prefer headers are both sent (RFC 7240 section 2).
# Seen:  $filter is that of the last call; select, expand and orderby add. Of header('Prefer', …) twice the last is sent.
# Hurts: "unread" and "since yesterday" in two calls fetch all letters since yesterday; with text bodies asked for last, ids are no longer immutable.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @microsoft/microsoft-graph-client@3.0.7

cat >try.mjs <<'JS'
import graph from '@microsoft/microsoft-graph-client';
let asked;
globalThis.fetch = async (request, init) => { asked = [decodeURIComponent(request.url ?? request).replace('https://graph.microsoft.com/v1.0', ''), new Headers(init?.headers).get('prefer')]; return new Response('{"value":[]}', { headers: { 'content-type': 'application/json' } }); };
const client = graph.Client.init({ authProvider: (done) => done(null, 'token') });
const show = async (name, request) => { await request.get(); console.log(name, '->', asked.filter(Boolean).join(' | ')); };
await show('filter, filter', client.api('/me/messages').filter('isRead eq false').filter('receivedDateTime ge 2026-11-02T00:00:00Z'));
await show('path, filter', client.api('/me/messages?$filter=isRead eq false').filter('receivedDateTime ge 2026-11-02T00:00:00Z'));
await show('select, select', client.api('/me/messages').select('id').select('subject'));
await show('orderby, orderby', client.api('/me/messages').orderby('receivedDateTime').orderby('subject'));
await show('Prefer, Prefer', client.api('/me/messages').header('Prefer', 'IdType="ImmutableId"').header('Prefer', 'outlook.body-content-type="text"'));
JS

cat >expected <<'SEEN'
filter, filter -> /me/messages?$filter=receivedDateTime ge 2026-11-02T00:00:00Z
path, filter -> /me/messages?$filter=receivedDateTime ge 2026-11-02T00:00:00Z
select, select -> /me/messages?$select=id,subject
orderby, orderby -> /me/messages?$orderby=receivedDateTime,subject
Prefer, Prefer -> /me/messages | outlook.body-content-type="text"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
