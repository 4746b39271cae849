#!/usr/bin/env bash
# fast-csv 5.0.8: a Date is written in the words and the zone of the machine.
#
# Guess: as JSON and the other writers do: 2026-11-29T10:00:00.000Z.
# Seen:  "Sun Nov 29 2026 11:00:00 GMT+0100 (Central European Standard Time)"; milliseconds are lost.
# Hurts: no spreadsheet reads it as a date, and two servers export one ticket in two ways.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts fast-csv@5.0.8

cat >try.mjs <<'JS'
process.env.TZ = 'Europe/Berlin';
const { writeToString } = await import('fast-csv');
console.log(await writeToString([{ created: new Date('2026-11-29T10:00:00.123Z') }], { headers: true }));
JS

cat >expected <<'SEEN'
created
Sun Nov 29 2026 11:00:00 GMT+0100 (Central European Standard Time)
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
