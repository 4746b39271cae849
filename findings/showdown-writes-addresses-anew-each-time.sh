#!/usr/bin/env bash
# showdown 2.1.0: an address in angle brackets is written in entities chosen by chance, so that one text gives another HTML each time.
#
# Guess: <a href="mailto:anna@example.com">anna@example.com</a>, as marked and markdown-it write it.
# Seen:  five runs give five results; a browser shows them alike.
# Hurts: comparing, caching or signing the HTML of an answer fails; searching stored HTML for an address finds nothing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts showdown@2.1.0 marked@18.2.1 markdown-it@15.0.3

cat >try.mjs <<'JS'
import showdown from 'showdown';
import { marked } from 'marked';
import MarkdownIt from 'markdown-it';
const text = 'Write to <anna.berg@mail.example.com> today.';
const converter = new showdown.Converter();
const times = (make) => new Set(Array.from({ length: 5 }, make)).size;
console.log('showdown   ', times(() => converter.makeHtml(text)), 'results of 5 runs, the address is in them:', converter.makeHtml(text).includes('anna.berg@mail.example.com'));
console.log('marked     ', times(() => marked.parse(text)), marked.parse(text).trim());
const other = new MarkdownIt();
console.log('markdown-it', times(() => other.render(text)), other.render(text).trim());
JS

cat >expected <<'SEEN'
showdown    5 results of 5 runs, the address is in them: false
marked      1 <p>Write to <a href="mailto:anna.berg@mail.example.com">anna.berg@mail.example.com</a> today.</p>
markdown-it 1 <p>Write to <a href="mailto:anna.berg@mail.example.com">anna.berg@mail.example.com</a> today.</p>
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
