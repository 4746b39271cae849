#!/usr/bin/env bash
# html-to-text 10.0.1: the cells and rows of a table, and the parts of a definition list, come out as one word.
#
# Guess: without the format dataTable there are no columns, but a blank between cells and a line for each row.
# Seen:  "OrderAmount1795" and so on: nothing stands between two cells or two rows. A zero width space becomes a blank, on the other hand.
# Hurts: order and invoice emails: number and amount become one number, in search and in previews.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts html-to-text@10.0.1

cat >try.mjs <<'JS'
import { convert } from 'html-to-text';
for (const html of ['<table><tr><th>Order</th><th>Amount</th></tr><tr><td>17</td><td>95</td></tr></table>', '<dl><dt>Order</dt><dd>17</dd></dl>', '<div>Order</div><div>17</div>', 'long\u200bword'])
  console.log(JSON.stringify(html), '->', JSON.stringify(convert(html)));
JS

cat >expected <<'SEEN'
"<table><tr><th>Order</th><th>Amount</th></tr><tr><td>17</td><td>95</td></tr></table>" -> "OrderAmount1795"
"<dl><dt>Order</dt><dd>17</dd></dl>" -> "Order17"
"<div>Order</div><div>17</div>" -> "Order\n17"
"long​word" -> "long word"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
