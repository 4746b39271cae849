#!/usr/bin/env bash
# csv-stringify 6.9.0: true is written as 1, false as nothing, and a date as milliseconds.
#
# Guess: true, false and an ISO date, as papaparse 5.7.1 writes.
# Seen:  false cannot be told from an empty field.
# Hurts: a table of tickets says nothing where it should say "not answered".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts csv-stringify@6.9.0 papaparse@5.7.1

cat >try.mjs <<'JS'
import { stringify } from 'csv-stringify/sync';
import Papa from 'papaparse';
const row = [true, false, null, new Date('2026-06-01T08:00:00Z')];
console.log('csv-stringify', JSON.stringify(stringify([row])));
console.log('papaparse    ', JSON.stringify(Papa.unparse([row])));
JS

cat >expected <<'SEEN'
csv-stringify "1,,,1780300800000\n"
papaparse     "true,false,,2026-06-01T08:00:00.000Z"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
