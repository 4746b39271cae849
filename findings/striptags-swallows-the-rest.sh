#!/usr/bin/env bash
# striptags 3.2.0: after "<3" or "<-" the rest of a letter is gone, and so is what stands between two comparisons.
#
# Guess: "<" before a digit, a blank or a sign is text (HTML Standard, tag open state), as browsers show it.
# Seen:  only a "<" before a blank stays. sanitize-html 2.17.5 keeps more.
# Hurts: a thank-you with a heart ends at the heart; error messages with arrows lose the part that matters.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts striptags@3.2.0 sanitize-html@2.17.5

cat >try.mjs <<'JS'
import striptags from 'striptags';
import sanitizeHtml from 'sanitize-html';
for (const text of ['I <3 your shop. My order is 1042.', 'from <- to, order 1042', 'if x < y, order 1042', 'if x<5 and z>7', '<p>Order <b>1042</b></p>']) console.log(text, '\n  striptags    ', JSON.stringify(striptags(text)), '\n  sanitize-html', JSON.stringify(sanitizeHtml(text, { allowedTags: [] })));
JS

cat >expected <<'SEEN'
I <3 your shop. My order is 1042. 
  striptags     "I " 
  sanitize-html "I &lt;3 your shop. My order is 1042."
from <- to, order 1042 
  striptags     "from " 
  sanitize-html "from &lt;- to, order 1042"
if x < y, order 1042 
  striptags     "if x < y, order 1042" 
  sanitize-html "if x &lt; y, order 1042"
if x<5 and z>7 
  striptags     "if x7" 
  sanitize-html "if x&lt;5 and z&gt;7"
<p>Order <b>1042</b></p> 
  striptags     "Order 1042" 
  sanitize-html "Order 1042"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
