#!/usr/bin/env bash
# eml-format 0.6.1 and eml-parse-js 1.1.15: an email without Content-Type, or with its name in capitals, has no text but an attachment.
#
# Guess: without Content-Type it is plain text (RFC 2045 section 5.2), and names of fields count in any case (RFC 5322 section 1.2.2).
# Seen:  text is undefined and the letter is an attachment without name or type; FROM and SUBJECT in capitals are not seen. letterparser 0.1.8 reads both.
# Hurts: cron, scanners and old scripts write such emails: the ticket is empty.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts eml-format@0.6.1 eml-parse-js@1.1.15 letterparser@0.1.8

cat >try.mjs <<'JS'
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const emlFormat = require('eml-format');
const { readEml } = require('eml-parse-js');
const { extract } = require('letterparser');
console.warn = () => {};
const sources = [['From: a@example.com', 'Subject: one', '', 'Hello', ''], ['FROM: a@example.com', 'SUBJECT: two', 'CONTENT-TYPE: text/plain; charset=utf-8', '', 'Hello', '']].map((lines) => lines.join('\r\n'));
for (const source of sources) {
  const one = await new Promise((resolve, reject) => emlFormat.read(source, (error, data) => (error ? reject(error) : resolve(data))));
  const two = readEml(source);
  const three = extract(source);
  console.log('eml-format  ', JSON.stringify([one.from?.email, one.subject, one.text, one.attachments?.length]));
  console.log('eml-parse-js', JSON.stringify([two.from?.email, two.subject, two.text, two.attachments?.length]));
  console.log('letterparser', JSON.stringify([three.from?.address, three.subject, three.text, three.attachments?.length]));
}
JS

cat >expected <<'SEEN'
eml-format   ["a@example.com","one",null,1]
eml-parse-js ["a@example.com","one",null,1]
letterparser ["a@example.com","one","Hello",0]
eml-format   [null,null,null,1]
eml-parse-js [null,null,null,1]
letterparser ["a@example.com","two","Hello",0]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
