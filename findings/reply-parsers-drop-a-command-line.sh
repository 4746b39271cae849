#!/usr/bin/env bash
# email-reply-parser 2.3.7 and node-email-reply-parser 0.1.4: a line that begins with ">" in the midst of a new letter is dropped.
#
# Guess: only the quote at the end is hidden; what stands between two new paragraphs belongs to the answer.
# Seen:  the command that the customer ran is gone, and so are the questions of an answer written between the lines.
# Hurts: the desk reads "I ran: and it failed." and "Version 5. Linux." without the questions.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts email-reply-parser@2.3.7 node-email-reply-parser@0.1.4

cat >try.mjs <<'JS'
import EmailReplyParser from 'email-reply-parser';
import parse from 'node-email-reply-parser';
const Parser = EmailReplyParser.default ?? EmailReplyParser;
for (const text of ['I ran:\n\n> npm install\n\nand it failed.\n', '> Which version?\n\nVersion 5.\n\n> Which system?\n\nLinux.\n']) {
  console.log(JSON.stringify(text));
  console.log('  email-reply-parser     ', JSON.stringify(new Parser().read(text).getVisibleText()));
  console.log('  node-email-reply-parser', JSON.stringify(parse(text, true)));
}
JS

cat >expected <<'SEEN'
"I ran:\n\n> npm install\n\nand it failed.\n"
  email-reply-parser      "I ran:\nand it failed.\n"
  node-email-reply-parser "I ran:\nand it failed.\n"
"> Which version?\n\nVersion 5.\n\n> Which system?\n\nLinux.\n"
  email-reply-parser      "Version 5.\nLinux.\n"
  node-email-reply-parser "Version 5.\nLinux.\n"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
