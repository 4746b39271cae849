#!/usr/bin/env bash
# email-reply-parser 2.3.7: all that follows "Sent from …", or a greeting such as "Best regards", is taken for a signature.
#
# Guess: the line of a telephone ("Sent from my iPhone") counts only at the end, and a postscript stays.
# Seen:  a customer who writes "Sent from the office on Monday." loses the rest of the letter, and a PS below the name is gone.
# Hurts: the question that the customer forgot, and wrote below the name, never reaches the desk.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts email-reply-parser@2.3.7

cat >try.mjs <<'JS'
import EmailReplyParser from 'email-reply-parser';
const Parser = EmailReplyParser.default ?? EmailReplyParser;
const texts = ['The printer is broken.\n\nSent from the office by courier on Monday.\n\nPlease call me.\n', 'The file is missing.\n\nBest regards,\nAnna Berg\n\nPS: it is about order 17.\n', 'The file is missing.\n\nIt was there on Monday.\n'];
for (const text of texts) console.log(JSON.stringify(text), '->', JSON.stringify(new Parser().read(text).getVisibleText()));
JS

cat >expected <<'SEEN'
"The printer is broken.\n\nSent from the office by courier on Monday.\n\nPlease call me.\n" -> "The printer is broken.\n"
"The file is missing.\n\nBest regards,\nAnna Berg\n\nPS: it is about order 17.\n" -> "The file is missing.\n"
"The file is missing.\n\nIt was there on Monday.\n" -> "The file is missing.\n\nIt was there on Monday.\n"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
