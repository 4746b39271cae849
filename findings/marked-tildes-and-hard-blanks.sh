#!/usr/bin/env bash
# marked 18.2.1: one tilde on each side strikes a word out, and a number sign with a hard blank makes a heading.
#
# Guess: a strike needs two tildes; a heading needs a blank or a tab behind the number sign (CommonMark section 4.2: space or tab),
# so that "# 1042" is text.
# Seen:  markdown-it 15.0.3 is as guessed; showdown 2.1.0 makes a heading also of "#1042 is open".
# Hurts: prices with "about" (~10~) are struck out in the answer; ticket numbers with a hard blank, as telephones and Macs type it,
# are headings.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts marked@18.2.1 markdown-it@15.0.3 showdown@2.1.0

cat >try.mjs <<'JS'
import showdown from 'showdown';
import { marked } from 'marked';
import MarkdownIt from 'markdown-it';
const converter = new showdown.Converter({ strikethrough: true });
const other = new MarkdownIt();
for (const text of ['costs ~10~ EUR', 'costs ~~10~~ EUR', 'from ~10 to ~20', '# 1042', '#\u00a01042', '#1042 is open', '-\u00a0milk']) console.log(JSON.stringify(text), '\n  marked     ', JSON.stringify(marked.parse(text).trim()), '\n  markdown-it', JSON.stringify(other.render(text).trim()), '\n  showdown   ', JSON.stringify(converter.makeHtml(text).trim()));
JS

cat >expected <<'SEEN'
"costs ~10~ EUR" 
  marked      "<p>costs <del>10</del> EUR</p>" 
  markdown-it "<p>costs ~10~ EUR</p>" 
  showdown    "<p>costs ~10~ EUR</p>"
"costs ~~10~~ EUR" 
  marked      "<p>costs <del>10</del> EUR</p>" 
  markdown-it "<p>costs <s>10</s> EUR</p>" 
  showdown    "<p>costs <del>10</del> EUR</p>"
"from ~10 to ~20" 
  marked      "<p>from ~10 to ~20</p>" 
  markdown-it "<p>from ~10 to ~20</p>" 
  showdown    "<p>from ~10 to ~20</p>"
"# 1042" 
  marked      "<h1>1042</h1>" 
  markdown-it "<h1>1042</h1>" 
  showdown    "<h1 id=\"1042\">1042</h1>"
"# 1042" 
  marked      "<h1>1042</h1>" 
  markdown-it "<p># 1042</p>" 
  showdown    "<h1 id=\"nbsp1042\">&nbsp;1042</h1>"
"#1042 is open" 
  marked      "<p>#1042 is open</p>" 
  markdown-it "<p>#1042 is open</p>" 
  showdown    "<h1 id=\"1042isopen\">1042 is open</h1>"
"- milk" 
  marked      "<p>- milk</p>" 
  markdown-it "<p>- milk</p>" 
  showdown    "<p>-&nbsp;milk</p>"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
