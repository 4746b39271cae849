#!/usr/bin/env bash
# html-to-mrkdwn 3.0.0 (letters for Slack) drops tables without a word; node-html-markdown 2.0.0 turns text that looks like a tag into one.
#
# Guess: Slack has no tables, so the cells come as lines; what was &lt;b&gt; is escaped in Markdown and for Slack; a list goes on at its number.
# Seen:  of an order in a table nothing is left, not even its text. node-html-markdown writes <b> and &copy; as they must not stand, joins the lines of a
# cell, begins each list at 1 and makes the first row a head.
# Hurts: the notice of a new ticket in the channel has no order in it; the name in <…> is gone when the Markdown is shown.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts html-to-mrkdwn@3.0.0 node-html-markdown@2.0.0

cat >try.mjs <<'JS'
import mrkdwn from 'html-to-mrkdwn';
import nodeHtmlMarkdown from 'node-html-markdown';
const convert = mrkdwn.default ?? mrkdwn;
for (const html of ['<p>Order:</p><table><tr><td>Pen</td><td>5</td></tr></table>', '<p>write &lt;b&gt; or &amp;copy;</p>', '<p>5 &lt; 7 &gt; 3</p>', '<ol start="3"><li>Press</li></ol>', '<table><tr><th>Name</th></tr><tr><td>Anna<br>Berg</td></tr></table>']) {
  console.log(html);
  console.log('  html-to-mrkdwn    ', JSON.stringify(convert(html).text));
  console.log('  node-html-markdown', JSON.stringify(nodeHtmlMarkdown.NodeHtmlMarkdown.translate(html)));
}
JS

cat >expected <<'SEEN'
<p>Order:</p><table><tr><td>Pen</td><td>5</td></tr></table>
  html-to-mrkdwn     "Order:"
  node-html-markdown "Order:\n\n| Pen | 5 |\n| --- | - |"
<p>write &lt;b&gt; or &amp;copy;</p>
  html-to-mrkdwn     "write &lt;b&gt; or &amp;copy;"
  node-html-markdown "write <b> or &copy;"
<p>5 &lt; 7 &gt; 3</p>
  html-to-mrkdwn     "5 &lt; 7 &gt; 3"
  node-html-markdown "5 < 7 > 3"
<ol start="3"><li>Press</li></ol>
  html-to-mrkdwn     "3. Press"
  node-html-markdown "1. Press"
<table><tr><th>Name</th></tr><tr><td>Anna<br>Berg</td></tr></table>
  html-to-mrkdwn     ""
  node-html-markdown "| Name     |\n| -------- |\n| AnnaBerg |"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
