#!/usr/bin/env bash
# csv-parse 7.0.3: with cast and cast_date a subject, a room or a ticket number becomes a date.
#
# Guess: cast_date takes what has the form of a date (ISO 8601).
# Seen:  whatever Date.parse of the engine takes: "Call 5" is in May 2001, "TK-1042" begins the year 1042.
# Hurts: columns of an import change their type by what the customer wrote.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts csv-parse@7.0.3

cat >try.mjs <<'JS'
process.env.TZ = 'UTC';
const { parse } = await import('csv-parse/sync');
const [row] = parse('2026-11-29,Call 5,TK-1042,Room 12,Order 7/8,order 20261129', { cast: true, cast_date: true });
for (const value of row) console.log(value instanceof Date ? value.toISOString() : JSON.stringify(value));
JS

cat >expected <<'SEEN'
2026-11-29T00:00:00.000Z
2001-05-01T00:00:00.000Z
1042-01-01T00:00:00.000Z
2001-12-01T00:00:00.000Z
2001-07-08T00:00:00.000Z
"order 20261129"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
