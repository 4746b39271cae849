#!/usr/bin/env bash
# exceljs 4.4.0: the text "_x000D_" is read back as a line end, CR and control characters are lost, and its CSV reader turns 0123 into 123.
#
# Guess: what is written comes back; a text that looks like an escape is escaped itself (_x005F_x000D_, ECMA-376 part 1 section
# 22.9.2.19), as Excel does.
# Seen:  see below. In CSV a day becomes a Date, 1e5 a number and TRUE stays a string.
# Hurts: texts of emails do not survive an export and import; customer numbers and postal codes lose their zeros.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts exceljs@4.4.0

cat >try.mjs <<'JS'
process.env.TZ = 'UTC';
const { default: ExcelJS } = await import('exceljs');
const { Readable } = await import('node:stream');
for (const text of ['plain', '_x000D_', 'order_x0041_5', 'a\r\nb', 'a\rb', 'a\u000bb']) {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('a').getCell('A1').value = text;
  const again = new ExcelJS.Workbook();
  await again.xlsx.load(await book.xlsx.writeBuffer());
  console.log(JSON.stringify(text).padEnd(16), JSON.stringify(again.worksheets[0].getCell('A1').value));
}
const sheet = await new ExcelJS.Workbook().csv.read(Readable.from(['0123,1e5,+49301234,2026-11-29,TRUE,#N/A,-\n']));
console.log(sheet.getRow(1).values.slice(1).map((value) => JSON.stringify(value)).join(' | '));
JS

cat >expected <<'SEEN'
"plain"          "plain"
"_x000D_"        "\r"
"order_x0041_5"  "orderA5"
"a\r\nb"         "a\nb"
"a\rb"           "a\nb"
"a\u000bb"       "ab"
123 | 100000 | 49301234 | "2026-11-29T00:00:00.000Z" | "TRUE" | {"error":"#N/A"} | "-"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
