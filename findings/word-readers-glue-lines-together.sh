#!/usr/bin/env bash
# mammoth 1.13.0 and officeparser 7.8.0: of a Word file's text, the end of one line and the begin of the next become one word, and hidden text is shown.
#
# Guess: a line break within a paragraph is a line break, a tab a tab; what is hidden in Word, or deleted in a tracked change, is left out.
# Seen:  extractRawText leaves breaks out (convertToHtml has them as br), officeparser breaks and tabs; deleted words are left out, hidden ones are in all
# results. Headers, footers and comments are in none.
# Hurts: addresses and prices in attached letters cannot be found or are read wrongly, and notes that somebody hid are read to the customer.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts docx@9.15.2 mammoth@1.13.0 officeparser@7.8.0

cat >try.mjs <<'JS'
import { DeletedTextRun, Document, Header, Packer, Paragraph, Tab, TextRun } from 'docx';
import mammoth from 'mammoth';
import { OfficeParser } from 'officeparser';
import { writeFileSync } from 'node:fs';
const by = { id: 1, author: 'Anna', date: '2026-11-02T10:00:00Z' };
const children = [new Paragraph({ children: [new TextRun('Main Street 7'), new TextRun({ text: '12345 Town', break: 1 })] }), new Paragraph({ children: [new TextRun({ children: ['Price', new Tab(), '20'] })] }), new Paragraph({ children: [new TextRun('seen '), new TextRun({ text: 'hidden ', vanish: true }), new DeletedTextRun({ text: 'deleted ', ...by })] })];
const buffer = await Packer.toBuffer(new Document({ sections: [{ headers: { default: new Header({ children: [new Paragraph('header')] }) }, children }] }));
writeFileSync('letter.docx', buffer);
console.log('extractRawText', JSON.stringify((await mammoth.extractRawText({ buffer })).value));
console.log('convertToHtml ', JSON.stringify((await mammoth.convertToHtml({ buffer })).value));
console.log('officeparser  ', JSON.stringify((await OfficeParser.parseOffice('letter.docx')).toText()));
JS

cat >expected <<'SEEN'
extractRawText "Main Street 712345 Town\n\nPrice\t20\n\nseen hidden \n\n"
convertToHtml  "<p>Main Street 7<br />12345 Town</p><p>Price\t20</p><p>seen hidden </p>"
officeparser   "Main Street 712345 Town\nPrice20\nseen hidden "
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
