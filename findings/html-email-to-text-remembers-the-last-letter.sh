#!/usr/bin/env bash
# html-email-to-text 1.0.4: the text of the second letter begins with the text of the first; html2text 6.0.0 glues cells and words together.
#
# Guess: a call gives the text of its own letter, in which a paragraph, a list and a table row begin a new line.
# Seen:  all that was read since the program began comes along, in one line. "Please" and a link are one word in html2text, and "Pen" and "5" too.
# Hurts: each customer gets the letters of those before.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts html-email-to-text@1.0.4 html2text@6.0.0

cat >try.mjs <<'JS'
import letter from 'html-email-to-text';
import html2text from 'html2text';
const one = letter.default ?? letter;
for (const html of ['<p>Dear Anna,</p><p>your parcel<br>is here.</p>', '<p>Dear Bob,</p>', '<div>Please</div><a href="https://example.com/">open</a>', '<a href="https://example.com/">open</a><ul><li>one</li><li>two</li></ul>', '<table><tr><td>Pen</td><td>5</td></tr><tr><td>Cup</td><td>7</td></tr></table>'])
  console.log(html + '\n  html-email-to-text', JSON.stringify(one(html)) + '\n  html2text         ', JSON.stringify(html2text.fromString(html)));
JS

cat >expected <<'SEEN'
<p>Dear Anna,</p><p>your parcel<br>is here.</p>
  html-email-to-text "Dear Anna, your parcel is here. "
  html2text          "Dear Anna,\n\nyour parcel\nis here."
<p>Dear Bob,</p>
  html-email-to-text "Dear Anna, your parcel is here. Dear Bob, "
  html2text          "Dear Bob,"
<div>Please</div><a href="https://example.com/">open</a>
  html-email-to-text "Dear Anna, your parcel is here. Dear Bob, Please open [https://example.com/] "
  html2text          "Pleaseopen [https://example.com/]"
<a href="https://example.com/">open</a><ul><li>one</li><li>two</li></ul>
  html-email-to-text "Dear Anna, your parcel is here. Dear Bob, Please open [https://example.com/] open [https://example.com/] one two "
  html2text          "open [https://example.com/] * one\n * two"
<table><tr><td>Pen</td><td>5</td></tr><tr><td>Cup</td><td>7</td></tr></table>
  html-email-to-text "Dear Anna, your parcel is here. Dear Bob, Please open [https://example.com/] open [https://example.com/] one two Pen 5Cup 7"
  html2text          "Pen5Cup7"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
