#!/usr/bin/env bash
# linkify-it 6.1.0: an address with an umlaut before the @ is no link, and of two addresses with a comma between them only the first is one.
#
# Guess: both are links as in linkifyjs 4.4.0 and autolinker 4.1.5 (RFC 6531 allows the umlaut; linkify-it takes umlauts in domains).
# Seen:  no link for "anna.müller@example.com", one link for "anna@example.com,bob@example.com". On the other hand linkify-it
# is the only one that links an address below an encoded top-level domain (xn--p1ai, Russia).
# Hurts: who reads the ticket clicks on one customer and believes it is all.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts linkify-it@6.1.0 linkifyjs@4.4.0 autolinker@4.1.5

cat >try.mjs <<'JS'
import * as linkifyIt from 'linkify-it';
import { find } from 'linkifyjs';
import Autolinker from 'autolinker';
const linkify = new linkifyIt.LinkifyIt();
for (const text of ['anna.müller@example.com', 'anna@example.com,bob@example.com', 'anna@münchen.de', 'anna@example.xn--p1ai']) {
  console.log(text);
  console.log('  linkify-it', JSON.stringify((linkify.match(text) ?? []).map((link) => link.url)));
  console.log('  linkifyjs ', JSON.stringify(find(text).map((link) => link.href)));
  console.log('  autolinker', JSON.stringify(Autolinker.parse(text, {}).map((link) => link.getAnchorHref())));
}
JS

cat >expected <<'SEEN'
anna.müller@example.com
  linkify-it []
  linkifyjs  ["mailto:anna.müller@example.com"]
  autolinker ["mailto:anna.müller@example.com"]
anna@example.com,bob@example.com
  linkify-it ["mailto:anna@example.com"]
  linkifyjs  ["mailto:anna@example.com","mailto:bob@example.com"]
  autolinker ["mailto:anna@example.com","mailto:bob@example.com"]
anna@münchen.de
  linkify-it ["mailto:anna@münchen.de"]
  linkifyjs  ["mailto:anna@münchen.de"]
  autolinker ["mailto:anna@münchen.de"]
anna@example.xn--p1ai
  linkify-it ["mailto:anna@example.xn--p1ai"]
  linkifyjs  []
  autolinker []
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
