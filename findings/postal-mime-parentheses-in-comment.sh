#!/usr/bin/env bash
# postal-mime 4.0.0: of a name in a comment with an escaped parenthesis only the end remains.
#
# Guess: anna@example.com (Anna \\(sales\\) B) has the name "Anna (sales) B" (RFC 5322 section 3.2.2, quoted-pair).
# Seen:  the name is "B)"; mailparser 3.14.2 gives the whole.
# Hurts: cron, mailx and old Unix programs write names as comments; the greeting says "Dear B)".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts postal-mime@4.0.0 mailparser@3.14.2

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
const source = 'From: anna@example.com (Anna \\(sales\\) B)\r\n\r\nHi\r\n';
console.log('postal-mime', JSON.stringify((await PostalMime.parse(source)).from.name));
console.log('mailparser ', JSON.stringify((await simpleParser(source)).from.value[0].name));
JS

cat >expected <<'SEEN'
postal-mime "B)"
mailparser  "Anna (sales) B"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
