#!/usr/bin/env bash
# turndown 7.2.5: a sentence that begins with "1)" becomes a list, and "&copy;" that was text becomes a sign.
#
# Guess: text that Markdown would read as a list is escaped, as turndown does with "1." and "-".
# Seen:  "12) Second floor" comes back as a list that starts at 12; "&amp;copy;" comes back as ©; so does a hyphen in the second line of <pre>.
# Hurts: what the customer typed is shown as something else in the ticket.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts turndown@7.2.5 markdown-it@15.0.3

cat >try.mjs <<'JS'
import TurndownService from 'turndown';
import MarkdownIt from 'markdown-it';
for (const html of ['<p>1. First floor</p>', '<p>12) Second floor</p>', '<p>Write &amp;copy; here</p>', '<pre>one\n- two</pre>']) {
  const markdown = new TurndownService().turndown(html);
  console.log(JSON.stringify(html), '->', JSON.stringify(markdown), '->', JSON.stringify(new MarkdownIt().render(markdown)));
}
JS

cat >expected <<'SEEN'
"<p>1. First floor</p>" -> "1\\. First floor" -> "<p>1. First floor</p>\n"
"<p>12) Second floor</p>" -> "12) Second floor" -> "<ol start=\"12\">\n<li>Second floor</li>\n</ol>\n"
"<p>Write &amp;copy; here</p>" -> "Write &copy; here" -> "<p>Write © here</p>\n"
"<pre>one\n- two</pre>" -> "one\n- two" -> "<p>one</p>\n<ul>\n<li>two</li>\n</ul>\n"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
