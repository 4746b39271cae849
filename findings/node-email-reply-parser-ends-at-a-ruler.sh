#!/usr/bin/env bash
# node-email-reply-parser 0.1.4: the letter ends at the first line that begins with two hyphens or underscores.
#
# Guess: a signature begins with the line "-- " alone; a ruled line between two parts is text.
# Seen:  all below "----------", "__________" or "-- first step" is gone; email-reply-parser 2.3.7 keeps it.
# Hurts: logs, tables in plain text and lists lose all but their first part.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-email-reply-parser@0.1.4 email-reply-parser@2.3.7

cat >try.mjs <<'JS'
import parse from 'node-email-reply-parser';
import EmailReplyParser from 'email-reply-parser';
const Parser = EmailReplyParser.default ?? EmailReplyParser;
for (const text of ['Part one\n\n----------\n\nPart two\n', 'Part one\n\n__________\n\nPart two\n', 'I tried:\n\n-- first step\n-- second step\n\nThen it failed.\n']) {
  console.log(JSON.stringify(text));
  console.log('  node-email-reply-parser', JSON.stringify(parse(text, true)));
  console.log('  email-reply-parser     ', JSON.stringify(new Parser().read(text).getVisibleText()));
}
JS

cat >expected <<'SEEN'
"Part one\n\n----------\n\nPart two\n"
  node-email-reply-parser "Part one\n"
  email-reply-parser      "Part one\n\n----------\n\nPart two\n"
"Part one\n\n__________\n\nPart two\n"
  node-email-reply-parser "Part one\n"
  email-reply-parser      "Part one\n\n__________\n\nPart two\n"
"I tried:\n\n-- first step\n-- second step\n\nThen it failed.\n"
  node-email-reply-parser "I tried:\n"
  email-reply-parser      "I tried:\n\n-- first step\n-- second step\n\nThen it failed.\n"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
