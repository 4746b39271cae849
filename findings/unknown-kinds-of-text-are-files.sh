#!/usr/bin/env bash
# mailparser 3.14.2 and postal-mime 4.0.0: a letter in text/markdown, text/enriched or a kind of text that they do not know has no text, but a file without a name.
#
# Guess: an unknown subtype of text is read as plain text (RFC 2046 section 4.1.4); Markdown (RFC 7763) and enriched text (RFC 1896) are made to be read so.
# Seen:  text is undefined, and the letter an attachment without a name. Of two parts, the second is a file as well, so that half of the letter is text.
#        letterparser 0.1.8 does as the RFC says.
# Hurts: what programs that write Markdown send (bug trackers, notes, command lines) is an empty ticket.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2 postal-mime@4.0.0 letterparser@0.1.8

cat >try.mjs <<'JS'
import * as letterparser from 'letterparser';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
const parts = (...types) => `Content-Type: multipart/mixed; boundary=b\r\n\r\n${types.map((type) => `--b\r\nContent-Type: ${type}; charset=utf-8\r\n\r\nThe lamp broke.\r\n`).join('')}--b--\r\n`;
const letters = {
  'text/plain': 'Content-Type: text/plain; charset=utf-8\r\n\r\nThe lamp broke.\r\n',
  'text/markdown': 'Content-Type: text/markdown; charset=utf-8\r\n\r\nThe lamp broke.\r\n',
  'text/enriched': 'Content-Type: text/enriched\r\n\r\nThe lamp broke.\r\n',
  'text/x-letter': 'Content-Type: text/x-letter\r\n\r\nThe lamp broke.\r\n',
  'plain and markdown': parts('text/plain', 'text/markdown'),
};
for (const [name, letter] of Object.entries(letters)) {
  const source = `From: a@example.com\r\nMIME-Version: 1.0\r\n${letter}`;
  const one = await simpleParser(source);
  const two = await PostalMime.parse(source);
  const three = letterparser.extract(source);
  const shown = (text, files) => `${JSON.stringify(text?.trim()) ?? 'no text'} ${files.map((type) => `[${type}]`).join('')}`.trim();
  console.log(`${name} | mailparser ${shown(one.text, one.attachments.map(({ contentType }) => contentType))} | postal-mime ${shown(two.text, two.attachments.map(({ mimeType }) => mimeType))} | letterparser ${shown(three.text, [])}`);
}
JS

cat >expected <<'SEEN'
text/plain | mailparser "The lamp broke." | postal-mime "The lamp broke." | letterparser "The lamp broke."
text/markdown | mailparser no text [text/markdown] | postal-mime no text [text/markdown] | letterparser "The lamp broke."
text/enriched | mailparser no text [text/enriched] | postal-mime no text [text/enriched] | letterparser "The lamp broke."
text/x-letter | mailparser no text [text/x-letter] | postal-mime no text [text/x-letter] | letterparser "The lamp broke."
plain and markdown | mailparser "The lamp broke." [text/markdown] | postal-mime "The lamp broke." [text/markdown] | letterparser "The lamp broke.\nThe lamp broke."
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
