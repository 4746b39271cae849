#!/usr/bin/env bash
# jszip 3.10.2: a file name without the mark for UTF-8 is read as UTF-8 all the same.
#
# Guess: it is read in code page 437, as the ZIP specification says (APPNOTE, appendix D) and as Windows Explorer writes it.
# Seen:  the letter "ä" (octet 84) becomes U+FFFD, and of two files whose names differ in umlauts only one is left; with decodeFileName both are there.
# Hurts: the list of a ZIP file that a German customer attached shows question marks, and a file is missing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts jszip@3.10.2

cat >try.mjs <<'JS'
import JSZip from 'jszip';
const zip = new JSZip();
for (const name of ['1_.txt', '2_.txt']) zip.file(name, name);
const octets = await zip.generateAsync({ type: 'nodebuffer' });
const text = octets.toString('latin1').replaceAll('1_.txt', 'B\x84.txt').replaceAll('2_.txt', 'B\x94.txt');
const windows = Buffer.from(text, 'latin1');
const cp437 = (bytes) => Buffer.from(bytes).toString('latin1').replace(/\x84/g, 'ä').replace(/\x94/g, 'ö');
console.log(JSON.stringify(Object.keys((await JSZip.loadAsync(windows)).files)));
console.log(JSON.stringify(Object.keys((await JSZip.loadAsync(windows, { decodeFileName: cp437 })).files)));
JS

cat >expected <<'SEEN'
["B�.txt"]
["Bä.txt","Bö.txt"]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
