#!/usr/bin/env bash
# @kenjiuno/msgreader 1.28.0: of an Outlook file whose texts are in a code page, words are read as Latin-1, although the file says which page it is.
#
# Guess: PidTagMessageCodepage (0x3FFD), by which such a file says in what its texts are ([MS-OXMSG] 2.1, [MS-OXCMSG]), is what they are read in: the reader hands it out itself.
# Seen:  messageCodepage is 1251, and the subject Ïðèâåò; with { ansiEncoding: 'windows-1251' } it is Привет. The Euro and the quotation marks of
# windows-1252 are control characters. Texts in Unicode are right.
# Hurts: archives of Outlook 2002 and before, and what some programs still export, come into a desk as letters that mean nothing; nobody can search them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @kenjiuno/msgreader@1.28.0

cat >try.cjs <<'JS'
const { default: MsgReader } = require('@kenjiuno/msgreader');
const { burn } = require('@kenjiuno/msgreader/lib/Burner');
const { TypeEnum } = require('@kenjiuno/msgreader/lib/Reader');
// Of a property: its type and id, that it can be read and written, and its number or its length.
const entry = (id, type, value) => {
  const bytes = Buffer.alloc(16);
  [[type, 0], [id, 2]].forEach(([number, at]) => bytes.writeUInt16LE(number, at));
  [[6, 4], [value, 8]].forEach(([number, at]) => bytes.writeUInt32LE(number, at));
  return bytes;
};
function fileOf(texts, page) {
  const list = [...texts.map(([id, type, bytes]) => entry(id, type, bytes.length)), ...(page ? [entry(0x3ffd, 3, page)] : [])];
  const streams = [
    ...texts.map(([id, type, bytes]) => [`__substg1.0_${[id, type].map((part) => part.toString(16).padStart(4, '0')).join('').toUpperCase()}`, bytes]),
    ['__properties_version1.0', Buffer.concat([Buffer.alloc(32), ...list])],
  ];
  const entries = streams.map(([name, bytes]) => ({ name, type: TypeEnum.DOCUMENT, binaryProvider: () => Uint8Array.from(bytes), length: bytes.length }));
  return burn([{ name: 'Root Entry', type: TypeEnum.ROOT, length: 0, children: entries.map((_, index) => index + 1) }, ...entries]);
}
const read = (name, bytes, options) => {
  const reader = new MsgReader(new Uint8Array(bytes).buffer);
  if (options) reader.parserConfig = options;
  const { subject, body, messageCodepage } = reader.getFileData();
  const shown = JSON.stringify({ messageCodepage, subject, body }).replace(/[\x80-\x9f]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16)}`);
  console.log(`${name}: ${shown}`);
};
const inPage = (hex) => Buffer.from(hex, 'hex');
const russian = fileOf([[0x37, 0x1e, inPage('cff0e8e2e5f2')], [0x1000, 0x1e, inPage('cbe0ecefe020f2e5ecede02e')]], 1251);
read('windows-1251', russian);
read('windows-1251, told', russian, { ansiEncoding: 'windows-1251' });
read('windows-1252 with a Euro', fileOf([[0x37, 0x1e, inPage('32302080')], [0x1000, 0x1e, inPage('84677574 93'.replace(' ', ''))]], 1252));
read('Unicode', fileOf([[0x37, 0x1f, Buffer.from('Привет', 'utf16le')], [0x1000, 0x1f, Buffer.from('Лампа темна.', 'utf16le')]]));
JS

node try.cjs | tee seen
cat >expected <<'SEEN'
windows-1251: {"messageCodepage":1251,"subject":"Ïðèâåò","body":"Ëàìïà òåìíà."}
windows-1251, told: {"messageCodepage":1251,"subject":"Привет","body":"Лампа темна."}
windows-1252 with a Euro: {"messageCodepage":1252,"subject":"20 \x80","body":"\x84gut\x93"}
Unicode: {"subject":"Привет","body":"Лампа темна."}
SEEN
diff expected seen && echo 'as described'
