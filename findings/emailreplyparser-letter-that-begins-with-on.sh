#!/usr/bin/env bash
# emailreplyparser 0.0.5: a letter that begins with "On" and has a line "… wrote:" further down is empty, and a line that begins with a hyphen ends it.
#
# Guess: "On … wrote:" is a mark of a quote on one line, or on two next to each other; a hyphen counts when a name stands behind it at the end of the
# letter.
# Seen:  all between the first "On" and the "wrote:" belongs to the mark, over any number of paragraphs: nothing is left. "-Xmx512m" is taken for a
# signature, with all that follows. email-reply-parser 2.3.7 keeps what is above the quote.
# Hurts: the ticket of a customer who quotes his colleague is empty.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts emailreplyparser@0.0.5 email-reply-parser@2.3.7

cat >try.mjs <<'JS'
import other from 'email-reply-parser';
import { createRequire } from 'node:module';
const { EmailReplyParser } = createRequire(import.meta.url)('emailreplyparser');
const Parser = other.default ?? other;
for (const text of ['On our side all works.\n\nCan you look at this?\nMy colleague wrote:\n> it fails\n', 'All works on our side.\n\nCan you look at this?\nMy colleague wrote:\n> it fails\n', 'We start it with\n\n-Xmx512m\n\nand it fails.\n'])
  console.log(JSON.stringify(text) + '\n  emailreplyparser  ', JSON.stringify(EmailReplyParser.parse_reply(text)) + '\n  email-reply-parser', JSON.stringify(new Parser().read(text).getVisibleText()));
JS

cat >expected <<'SEEN'
"On our side all works.\n\nCan you look at this?\nMy colleague wrote:\n> it fails\n"
  emailreplyparser   ""
  email-reply-parser "On our side all works.\n\nCan you look at this?\nMy colleague wrote:"
"All works on our side.\n\nCan you look at this?\nMy colleague wrote:\n> it fails\n"
  emailreplyparser   "All works on our side.\n\nCan you look at this?\nMy colleague wrote:"
  email-reply-parser "All works on our side.\n\nCan you look at this?\nMy colleague wrote:"
"We start it with\n\n-Xmx512m\n\nand it fails.\n"
  emailreplyparser   "We start it with"
  email-reply-parser "We start it with\n\n-Xmx512m\n\nand it fails.\n"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
