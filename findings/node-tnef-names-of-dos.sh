#!/usr/bin/env bash
# node-tnef 1.4.0: of a winmail.dat each file has its short name, an attached email is a sentence, and a body in Unicode keeps its NULs.
#
# Guess: the long name (PidTagAttachLongFilename) is taken before that of DOS, as tnef and ytnef take it; an email in it can be had; text is text ([MS-OXTNEF]).
# Seen:  RECHNU~1.PDF, ______.txt, and Outlook's sentence that an embedded message is not supported. Body is UTF-16, letter by letter with a NUL, and stands in BodyHTML, too.
# Hurts: who unpacks what customers with Outlook send has files whose names say nothing, and the email that they wanted to show is lost.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-tnef@1.4.0

cat >try.cjs <<'JS'
const tnef = require('node-tnef');
const u16 = (value) => Buffer.from([value & 255, value >> 8]);
const u32 = (value) => Buffer.concat([u16(value & 0xffff), u16(value >>> 16)]);
const sum = (bytes) => bytes.reduce((total, byte) => (total + byte) & 0xffff, 0);
const attribute = (level, id, value) => Buffer.concat([Buffer.from([level]), u16(id), u16(6), u32(value.length), value, u16(sum(value))]);
const padded = (value) => Buffer.concat([u32(value.length), value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
const properties = (...all) => Buffer.concat([u32(all.length), ...all.map(([id, value]) => Buffer.concat([
  u16(typeof value === 'string' ? 0x1f : 0x0d), u16(id), u32(1), padded(typeof value === 'string' ? Buffer.from(`${value}\0`, 'utf16le') : value)]))]);
const make = (...attributes) => Buffer.concat([u32(0x223e9f78), u16(1), attribute(1, 0x9006, u32(0x10000)), attribute(1, 0x9007, Buffer.concat([u32(1252), u32(0)])), ...attributes.flat()]);
const file = (short, content, ...more) => [attribute(2, 0x9002, Buffer.alloc(14)), attribute(2, 0x8010, Buffer.from(`${short}\0`)), attribute(2, 0x800f, Buffer.from(content)), attribute(2, 0x9005, properties(...more))];
const email = make(attribute(1, 0x8004, Buffer.from('Lamp\0')));
const cases = {
  'a long name': make(file('RECHNU~1.PDF', 'bill', [0x3707, 'Rechnung für März.pdf'])),
  'a name in Cyrillic': make(file('______.txt', 'bill', [0x3707, 'Счёт.txt'])),
  'an email': make(file('Lamp', 'This attachment is a MAPI 1.0 embedded message and is not supported by this mail system.\0',
    [0x3701, Buffer.concat([Buffer.from('0703020000000000c000000000000046', 'hex'), email])])),
  'a body': make(attribute(1, 0x9003, properties([0x1000, 'Grüße']))),
};
console.log = ((log) => (...words) => (String(words[0]).startsWith('{"name"') ? undefined : log(...words)))(console.log);
for (const [name, bytes] of Object.entries(cases)) tnef.parseBuffer(bytes, (error, found) => {
  const files = (found?.Attachments ?? []).map(({ Title, Data }) => `${Title} ${JSON.stringify(Buffer.from(Data).toString())}`);
  const body = (bytes) => (bytes ? JSON.stringify(Buffer.from(bytes).toString('latin1')) : 'none');
  console.log(`${name}:`, error ? String(error) : name === 'a body' ? `Body ${body(found.Body)}, BodyHTML ${body(found.BodyHTML)}` : files.join(', '));
});
JS

cat >expected <<'SEEN'
a long name: RECHNU~1.PDF "bill"
a name in Cyrillic: ______.txt "bill"
an email: Lamp "This attachment is a MAPI 1.0 embedded message and is not supported by this mail system.\u0000"
a body: Body "G\u0000r\u0000ü\u0000ß\u0000e\u0000\u0000\u0000", BodyHTML "G\u0000r\u0000ü\u0000ß\u0000e\u0000\u0000\u0000"
SEEN
node try.cjs 2>&1 | grep -v '^{"name"' | tee seen
diff expected seen && echo 'as described'
