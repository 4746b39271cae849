#!/usr/bin/env bash
# turndown 7.2.5: bold, italic and code beside each other or beside letters come back with their marks as text.
#
# Guess: what is written can be read again: two bold words in a row are joined or separated.
# Seen:  "**a****b**" and "**Note:**text" show asterisks, "_a__b_" underscores, and two codes become one with backticks in it.
# Hurts: Outlook cuts each bold phrase into pieces: tickets are full of asterisks.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts turndown@7.2.5 markdown-it@15.0.3

cat >try.mjs <<'JS'
import TurndownService from 'turndown';
import MarkdownIt from 'markdown-it';
for (const html of ['<b>Note: </b>text', '<b>Note:</b>text', '<b>a</b><b>b</b>', '<i>a</i><i>b</i>', '<code>x</code><code>y</code>']) {
  const markdown = new TurndownService().turndown(html);
  console.log(JSON.stringify(html), '->', JSON.stringify(markdown), '->', JSON.stringify(new MarkdownIt().renderInline(markdown)));
}
JS

cat >expected <<'SEEN'
"<b>Note: </b>text" -> "**Note:** text" -> "<strong>Note:</strong> text"
"<b>Note:</b>text" -> "**Note:**text" -> "**Note:**text"
"<b>a</b><b>b</b>" -> "**a****b**" -> "<strong>a****b</strong>"
"<i>a</i><i>b</i>" -> "_a__b_" -> "<em>a__b</em>"
"<code>x</code><code>y</code>" -> "`x``y`" -> "<code>x``y</code>"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
