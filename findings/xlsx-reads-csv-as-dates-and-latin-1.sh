#!/usr/bin/env bash
# xlsx 0.18.5 (SheetJS): of a CSV file 1-2 is a day in 2001, 1,5 is 15 and +4930123 a number, UTF-8 is read as Latin-1, and nested values are written as
# empty cells.
#
# Guess: CSV has no types: cells are text unless they are plain numbers; a file is UTF-8 if it can be (RFC 7111, and all browsers write it so); an object in
# a row is its JSON or an error.
# Seen:  what looks like a date in America is one, with an hour too much where the clock is not UTC; zeros and plus in front are lost, a comma in a number is
# dropped. A Buffer without a byte order mark is Latin-1. raw: true ends the first, codepage: 65001 the second.
# Hurts: imported contacts lose the zeros of their postal codes and the plus of their telephone, orders become dates, and umlauts are broken.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts xlsx@0.18.5

cat >try.mjs <<'JS'
import xlsx from 'xlsx';
const first = ({ Sheets, SheetNames }) => xlsx.utils.sheet_to_json(Sheets[SheetNames[0]], { header: 1 })[0][0];
for (const cell of ['007', '01067', '+4930123', '1-2', '3/4', '"1,5"', '1.5', '02.11.2026', '2026-11-02', '2026-117', '1e5', 'true']) console.log(cell, '->', JSON.stringify(first(xlsx.read(cell + ',x\n', { type: 'string' }))), '| raw', JSON.stringify(first(xlsx.read(cell + ',x\n', { type: 'string', raw: true }))));
console.log('Buffer of Grüße ->', first(xlsx.read(Buffer.from('Grüße,x\n'))), '| codepage 65001', first(xlsx.read(Buffer.from('Grüße,x\n'), { codepage: 65001 })));
console.log('written ->', JSON.stringify(xlsx.utils.sheet_to_csv(xlsx.utils.json_to_sheet([{ id: 7, contact: { name: 'Anna' }, tags: ['a', 'b'], open: false }]))));
JS

cat >expected <<'SEEN'
007 -> 7 | raw "007"
01067 -> 1067 | raw "01067"
+4930123 -> 4930123 | raw "+4930123"
1-2 -> 36893 | raw "1-2"
3/4 -> 36954 | raw "3/4"
"1,5" -> 15 | raw "1,5"
1.5 -> 1.5 | raw "1.5"
02.11.2026 -> 46064 | raw "02.11.2026"
2026-11-02 -> 46328.041666666664 | raw "2026-11-02"
2026-117 -> "2026-117" | raw "2026-117"
1e5 -> 100000 | raw "1e5"
true -> "true" | raw "true"
Buffer of Grüße -> GrÃ¼Ãe | codepage 65001 Grüße
written -> "id,contact,tags,open\n7,,,FALSE"
SEEN
TZ=Europe/Berlin node try.mjs | tee seen
diff expected seen && echo 'as described'
