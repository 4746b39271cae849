#!/usr/bin/env bash
# i18next 26.7.2: a count of "1" finds no text at all, a value that is absent stays as {{name}}, and a slash becomes &#x2F;.
#
# Guess: the count is turned into a number; absent values are empty, as null is; escaping is that of HTML texts (&, <, >, quotes).
# Seen:  with a count that is a string, or undefined, t() gives the key itself. {{name}} goes out to the reader. Slashes are escaped
# too.
# Hurts: counts from a query or a database (bigint columns of PostgreSQL are strings) show "tickets" as a word of the program;
# subjects with dates and links hold &#x2F;.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts i18next@26.7.2

cat >try.mjs <<'JS'
import i18next from 'i18next';
await i18next.init({ lng: 'en', resources: { en: { translation: { hello: 'Hello {{name}}', tickets_one: '{{count}} ticket', tickets_other: '{{count}} tickets' } } } });
const shown = (key, values) => console.log(key, JSON.stringify(values, (name, value) => (value === undefined ? 'undefined' : typeof value === 'bigint' ? value + 'n' : value)), '->', JSON.stringify(i18next.t(key, values)));
for (const count of [1, '1', 2, '2', undefined, null, 0, 1.5]) shown('tickets', { count });
for (const values of [{ name: 'Anna' }, {}, { name: undefined }, { name: null }, { name: 'Sales/EU & Co' }, { name: "O'Neil" }]) shown('hello', values);
JS

cat >expected <<'SEEN'
tickets {"count":1} -> "1 ticket"
tickets {"count":"1"} -> "tickets"
tickets {"count":2} -> "2 tickets"
tickets {"count":"2"} -> "tickets"
tickets {"count":"undefined"} -> "tickets"
tickets {"count":null} -> " tickets"
tickets {"count":0} -> "0 tickets"
tickets {"count":1.5} -> "1.5 tickets"
hello {"name":"Anna"} -> "Hello Anna"
hello {} -> "Hello {{name}}"
hello {"name":"undefined"} -> "Hello "
hello {"name":null} -> "Hello "
hello {"name":"Sales/EU & Co"} -> "Hello Sales&#x2F;EU &amp; Co"
hello {"name":"O'Neil"} -> "Hello O&#39;Neil"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
