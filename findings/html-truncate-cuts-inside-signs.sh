#!/usr/bin/env bash
# html-truncate 1.2.2: an entity and a letter beyond 16 bits are cut in two, and a comment is text.
#
# Guess: an entity counts as one letter and stays whole, as a pair of surrogates does; a comment counts as nothing.
# Seen:  "a&nbsp;b" cut to two is "a&", an emoji becomes half of one, and a comment is cut open, so that a browser takes the words
# behind it for a comment.
# Hurts: previews of letters hold stray signs, and the half of a pair is refused by databases and JSON readers.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts html-truncate@1.2.2

cat >try.mjs <<'JS'
import truncate from 'html-truncate';
for (const [html, length] of [['<p>Hello world</p>', 5], ['<p>a&nbsp;b</p>', 2], ['<p>a &amp; b</p>', 3], ['👍👍', 1], ['<!-- a comment -->abc', 2]]) console.log(JSON.stringify(html), length, '->', JSON.stringify(truncate(html, length)));
JS

cat >expected <<'SEEN'
"<p>Hello world</p>" 5 -> "<p>Hello...</p>"
"<p>a&nbsp;b</p>" 2 -> "<p>a&...</p>"
"<p>a &amp; b</p>" 3 -> "<p>a &...</p>"
"👍👍" 1 -> "\ud83d..."
"<!-- a comment -->abc" 2 -> "<!..."
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
