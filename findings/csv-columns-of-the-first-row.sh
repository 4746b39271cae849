#!/usr/bin/env bash
# papaparse 5.7.1 and fast-csv 5.0.8: a column that the first record lacks is dropped from the whole file.
#
# Guess: the columns are the union of the keys, as with @json2csv/plainjs, or a record with an unknown key is an error.
# Seen:  the values are gone without a word. And fast-csv writes no header line for an empty list, though its headers were given.
# Hurts: an export of tickets has a field of one's own in it or not by which ticket comes first; the import of an empty export
# fails.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts papaparse@5.7.1 fast-csv@5.0.8 @json2csv/plainjs@7.0.8

cat >try.mjs <<'JS'
import Papa from 'papaparse';
import { writeToString } from 'fast-csv';
import { Parser } from '@json2csv/plainjs';
const tickets = [{ number: 1 }, { number: 2, order: 'A7' }];
console.log('papaparse', JSON.stringify(Papa.unparse(tickets)));
console.log('fast-csv ', JSON.stringify(await writeToString(tickets, { headers: true })));
console.log('json2csv ', JSON.stringify(new Parser().parse(tickets)));
console.log('fast-csv, no ticket', JSON.stringify(await writeToString([], { headers: ['number', 'order'] })));
JS

cat >expected <<'SEEN'
papaparse "number\r\n1\r\n2"
fast-csv  "number\n1\n2"
json2csv  "\"number\",\"order\"\n1,\n2,\"A7\""
fast-csv, no ticket ""
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
