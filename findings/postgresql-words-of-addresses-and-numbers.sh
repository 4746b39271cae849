#!/usr/bin/env bash
# PostgreSQL (seen in PGlite 0.5.17): the full text search finds TK-1042 not by 1042, anna+desk@example.com is two words, and what
# stands in angle brackets is no word at all.
#
# Guess: the parser splits TK-1042 into tk and 1042, and knows an address with a plus or an umlaut as one word of the kind email.
# Seen:  the number is -1042; the plus and the umlaut split the address, while the dot and the hyphen do not; a file name is one
# word of the kind host, so that "invoice" does not find invoice.pdf; words in < and > are dropped as a tag.
# Hurts: agents search for the number of a ticket or an order, or for the address of a customer, and find nothing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17

cat >try.mjs <<'JS'
import { PGlite } from '@electric-sql/pglite';
const db = await PGlite.create();
const one = async (sql, values) => Object.values((await db.query(sql, values)).rows[0])[0];
for (const [text, query] of [['TK-1042', '1042'], ['TK1042', '1042'], ['TK/1042', '1042'], ['AB-12C', '12C'], ['2026-11-29', '29'], ['#1042', '1042'], ['anna.berg@example.com', 'anna.berg@example.com'], ['anna+desk@example.com', 'desk@example.com'], ['jörg@example.com', 'jörg'], ['invoice.pdf', 'invoice'], ['order_id', 'order'], ['see <invoice> here', 'invoice'], ['Anna <anna berg at work> wrote', 'berg'], ['+49 30 123456', '49']])
  console.log(text.padEnd(30), (await one("select to_tsvector('simple', $1)::text as a", [text])).padEnd(34), 'found by', query + ':', await one("select to_tsvector('simple', $1) @@ plainto_tsquery('simple', $2) as a", [text, query]));
console.log((await one('select version() as a')).split(' ').slice(0, 2).join(' '));
JS

cat >expected <<'SEEN'
TK-1042                        '-1042':2 'tk':1                   found by 1042: false
TK1042                         'tk1042':1                         found by 1042: false
TK/1042                        'tk/1042':1                        found by 1042: false
AB-12C                         '12c':3 'ab':2 'ab-12c':1          found by 12C: true
2026-11-29                     '-11':2 '-29':3 '2026':1           found by 29: false
#1042                          '1042':1                           found by 1042: true
anna.berg@example.com          'anna.berg@example.com':1          found by anna.berg@example.com: true
anna+desk@example.com          'anna':1 'desk@example.com':2      found by desk@example.com: true
jörg@example.com               'example.com':2 'jörg':1           found by jörg: true
invoice.pdf                    'invoice.pdf':1                    found by invoice: false
order_id                       'id':2 'order':1                   found by order: true
see <invoice> here             'here':2 'see':1                   found by invoice: false
Anna <anna berg at work> wrote 'anna':1 'wrote':2                 found by berg: false
+49 30 123456                  '+49':1 '123456':3 '30':2          found by 49: false
PostgreSQL 18.7
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
