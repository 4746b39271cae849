#!/usr/bin/env bash
# mailparser 3.14.2: in textAsHtml names of files and words without a blank after the full stop become links to foreign hosts.
#
# Guess: only what begins with www. or a scheme, or ends in a domain such as .com, is a link in the HTML made from plain text.
# Seen:  README.md, setup.sh, invoice.zip and "order.No" are links to http://README.md and so on, since .md, .sh, .zip and .no are
# top-level domains; report.pdf is none. linkifyjs 4.4.0 and autolinker 4.1.5 do the same.
# Hurts: the agent clicks on the name of a log and is on a page of a stranger.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2 linkifyjs@4.4.0 autolinker@4.1.5

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import { find } from 'linkifyjs';
import Autolinker from 'autolinker';
for (const text of ['README.md', 'setup.sh', 'invoice.zip', 'Thank you for the order.No hurry.', 'report.pdf', 'index.html']) {
  const { textAsHtml } = await simpleParser('Content-Type: text/plain\r\n\r\n' + text);
  console.log(text, '| mailparser', [...textAsHtml.matchAll(/href="([^"]*)"/g)].map((match) => match[1]).join() || 'none', '| linkifyjs', find(text).length, '| autolinker', Autolinker.parse(text, {}).length);
}
JS

cat >expected <<'SEEN'
README.md | mailparser http://README.md | linkifyjs 1 | autolinker 1
setup.sh | mailparser http://setup.sh | linkifyjs 1 | autolinker 1
invoice.zip | mailparser http://invoice.zip | linkifyjs 1 | autolinker 1
Thank you for the order.No hurry. | mailparser http://order.No | linkifyjs 1 | autolinker 1
report.pdf | mailparser none | linkifyjs 0 | autolinker 0
index.html | mailparser none | linkifyjs 0 | autolinker 0
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
