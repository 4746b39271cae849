#!/usr/bin/env bash
# file-type 21.3.4: a plain text is a picture, a song or a program if it begins with the right two or three letters.
#
# Guess: text has no magic bytes, so the answer for a note is undefined.
# Seen:  "BM is our firm" is a bitmap, "MZ …" an .exe, "ID3 …" an mp3, "BZh …" a bz2, "GIF …" a gif. Calendars and contacts are known,
# but only in capitals, which are not required (RFC 5545 section 3.1).
# Hurts: the note of a customer is refused as a program, or shown as a broken picture.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts file-type@21.3.4

cat >try.mjs <<'JS'
import { fileTypeFromBuffer } from 'file-type';
const texts = ['Hello, BM is our firm', 'BM is our firm, please call', 'MZ is the sign of our order', 'ID3 tags are missing in my files', 'BZh is our short name', 'GIF files do not open',
  'BEGIN:VCALENDAR\r\nVERSION:2.0\r\n', 'begin:vcalendar\r\nversion:2.0\r\n', 'BEGIN:VCARD\r\nVERSION:3.0\r\n', 'begin:vcard\r\nversion:3.0\r\n'];
for (const text of texts) console.log(JSON.stringify(text), '->', (await fileTypeFromBuffer(Buffer.from(text)))?.mime);
JS

cat >expected <<'SEEN'
"Hello, BM is our firm" -> undefined
"BM is our firm, please call" -> image/bmp
"MZ is the sign of our order" -> application/x-msdownload
"ID3 tags are missing in my files" -> audio/mpeg
"BZh is our short name" -> application/x-bzip2
"GIF files do not open" -> image/gif
"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" -> text/calendar
"begin:vcalendar\r\nversion:2.0\r\n" -> undefined
"BEGIN:VCARD\r\nVERSION:3.0\r\n" -> text/vcard
"begin:vcard\r\nversion:3.0\r\n" -> undefined
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
