#!/usr/bin/env bash
# mailparser 3.14.2: ids of References with a comma or nothing between them are one id, and so are two ids of In-Reply-To; words before an id become part of it.
#
# Guess: references is a list of ids, inReplyTo one id or a list: what stands in angle brackets (RFC 5322 section 3.6.4). Phrases and commas are of old programs, section 4.5.4 allows
# phrases.
# Seen:  only blanks divide, and only References; "Your message of Monday <a@x.example>" is the id "<Your message of Monday <a@x.example>". One id is a string, two are an array.
# Hurts: the answer is not found by its id, and opens a second ticket.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
for (const field of ['References: <a@x.example> <b@x.example>', 'References: <a@x.example>', 'References: <a@x.example>,<b@x.example>', 'References: <a@x.example><b@x.example>', 'In-Reply-To: <a@x.example> <b@x.example>', 'In-Reply-To: Your message of Monday <a@x.example>']) {
  const { references, inReplyTo } = await simpleParser(`From: anna@example.com\r\n${field}\r\n\r\nHi\r\n`);
  console.log(`${field}\n  ${JSON.stringify(references ?? inReplyTo)}`);
}
JS

cat >expected <<'SEEN'
References: <a@x.example> <b@x.example>
  ["<a@x.example>","<b@x.example>"]
References: <a@x.example>
  "<a@x.example>"
References: <a@x.example>,<b@x.example>
  "<a@x.example>,<b@x.example>"
References: <a@x.example><b@x.example>
  "<a@x.example><b@x.example>"
In-Reply-To: <a@x.example> <b@x.example>
  "<a@x.example> <b@x.example>"
In-Reply-To: Your message of Monday <a@x.example>
  "<Your message of Monday <a@x.example>"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
