#!/usr/bin/env bash
# @microsoft/microsoft-graph-client 3.0.7: PageIterator does not wait for an async function, whose "false" does not stop it, and one without return stops at
# the first.
#
# Guess: iterate() is async, so it awaits what it calls; undefined means go on, and false stop.
# Seen:  the promise is true: all pages are run through at once, errors in the function are unhandled rejections, and isComplete() is true before one letter
# was stored. Without a return value only the first letter is seen, and isComplete() is false.
# Hurts: a delta link saved behind iterate() skips the letters that failed, and all the others if the process ends.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @microsoft/microsoft-graph-client@3.0.7

cat >try.mjs <<'JS'
import graph from '@microsoft/microsoft-graph-client';
const pages = { 'https://graph.microsoft.com/v1.0/two': { value: [3, 4] } };
globalThis.fetch = async (request) => new Response(JSON.stringify(pages[request.url ?? request]), { headers: { 'content-type': 'application/json' } });
const client = graph.Client.init({ authProvider: (done) => done(null, 'token') });
const pause = () => new Promise((done) => setTimeout(done, 20));
const ways = {
  'returns true': (seen) => (item) => { seen.push(item); return true; },
  'returns false at 2': (seen) => (item) => { seen.push(item); return item !== 2; },
  'returns nothing': (seen) => (item) => { seen.push(item); },
  'async, false at 2': (seen) => async (item) => { await pause(); seen.push(item); return item !== 2; },
};
for (const [name, way] of Object.entries(ways)) {
  const seen = [];
  const iterator = new graph.PageIterator(client, { value: [1, 2], '@odata.nextLink': 'https://graph.microsoft.com/v1.0/two' }, way(seen));
  await iterator.iterate();
  const then = seen.join(' ') || 'nothing';
  await pause(); await pause();
  console.log(name, '-> after iterate():', then, '| a moment later:', seen.join(' '), '| complete:', iterator.isComplete());
}
JS

cat >expected <<'SEEN'
returns true -> after iterate(): 1 2 3 4 | a moment later: 1 2 3 4 | complete: true
returns false at 2 -> after iterate(): 1 2 | a moment later: 1 2 | complete: false
returns nothing -> after iterate(): 1 | a moment later: 1 | complete: false
async, false at 2 -> after iterate(): nothing | a moment later: 1 2 3 4 | complete: true
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
