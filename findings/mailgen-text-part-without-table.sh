#!/usr/bin/env bash
# mailgen 2.0.36: the text part has no table, and an address that is written as &lt;anna@example.com&gt; is gone from it.
#
# Guess: generatePlaintext() says what generate() shows, rows of a table as lines; &lt; is a sign of the text.
# Seen:  the table is left out without a word; entities are undone first and tags taken out then, so that text between two escaped brackets counts as
# a tag.
# Hurts: who reads the text part gets an invoice without its items, and "Write to  now".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailgen@2.0.36

cat >try.mjs <<'JS'
import Mailgen from 'mailgen';
const mailgen = new Mailgen({ theme: 'default', product: { name: 'Desk', link: 'https://example.com/', copyright: '(c) Desk' } });
const lines = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean).join(' | ');
const body = { name: 'Anna', intro: 'Your order:', table: { data: [{ item: 'Pen', price: '5 EUR' }] }, outro: 'Need help?' };
console.log(lines(mailgen.generatePlaintext({ body: structuredClone(body) })));
console.log('table in HTML:', mailgen.generate({ body: structuredClone(body) }).includes('5 EUR'));
for (const intro of ['Write to &lt;anna@example.com&gt; now', 'if 5 &lt; 7 and 9 &gt; 8 then', 'R&amp;D']) console.log(intro, '->', lines(mailgen.generatePlaintext({ body: { name: 'Anna', intro } })), '| HTML:', mailgen.generate({ body: { name: 'Anna', intro } }).includes(intro));
JS

cat >expected <<'SEEN'
Hi Anna, | Your order: | Need help? | Yours truly, | Desk | (c) Desk
table in HTML: true
Write to &lt;anna@example.com&gt; now -> Hi Anna, | Write to  now | Yours truly, | Desk | (c) Desk | HTML: true
if 5 &lt; 7 and 9 &gt; 8 then -> Hi Anna, | if 5  8 then | Yours truly, | Desk | (c) Desk | HTML: true
R&amp;D -> Hi Anna, | R&D | Yours truly, | Desk | (c) Desk | HTML: true
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
