#!/usr/bin/env bash
# papaparse 5.7.1: the first line end of a file is the only one, and two records with another one between them become one.
#
# Guess: CRLF, LF and CR are line ends wherever they stand outside quotes.
# Seen:  after one CRLF a lone LF is part of a value. papaparse tells of too many fields here, and has nothing to tell of in a file
# of one column; csv-parse 7.0.3 refuses the file; fast-csv 5.0.8 reads all three records.
# Hurts: a list that was put together from two exports, or edited on another system, loses records in the import of customers.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts papaparse@5.7.1 csv-parse@7.0.3 fast-csv@5.0.8

cat >try.mjs <<'JS'
import Papa from 'papaparse';
import { parse } from 'csv-parse/sync';
import { parseString } from 'fast-csv';
const text = 'name,mail\r\nAnna,anna@example.com\nBen,ben@example.com\r\nCleo,cleo@example.com\r\n';
const { data, errors } = Papa.parse(text, { header: true, skipEmptyLines: true });
console.log('papaparse', data.length, 'records', errors.length ? errors[0].code : 'no error', JSON.stringify(data[0].mail));
try { console.log('csv-parse', parse(text, { columns: true }).length, 'records'); } catch (error) { console.log('csv-parse', error.code); }
const rows = [];
await new Promise((done, fail) => parseString(text, { headers: true }).on('data', (row) => rows.push(row)).on('end', done).on('error', fail));
console.log('fast-csv ', rows.length, 'records');
JS

cat >expected <<'SEEN'
papaparse 2 records TooManyFields "anna@example.com\nBen"
csv-parse CSV_RECORD_INCONSISTENT_COLUMNS
fast-csv  3 records
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
