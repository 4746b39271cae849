#!/usr/bin/env bash
# letterparser 0.1.8: a comment beside the transfer encoding leaves the letter in base64, one beside the disposition takes the file away, and pictures of the letter are nowhere.
#
# Guess: comments may stand in these fields (RFC 2045 section 5.1, RFC 2183 section 2) and change nothing; a picture with a Content-ID is an attachment or related.
# Seen:  "base64 (as agreed)" is no encoding; "attachment (a bill)" is no attachment, and neither is a picture that the HTML shows: all three without an error.
#        A boundary with an escaped quote is looked for with its backslash, and the letter refused.
# Hurts: bills and screenshots are missing from tickets, and nobody is told.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts letterparser@0.1.8

cat >try.mjs <<'JS'
import * as letterparser from 'letterparser';
const base64 = Buffer.from('The lamp broke.').toString('base64');
const multipart = (type, ...parts) => `Content-Type: multipart/${type}; boundary=b\r\n\r\n${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`;
const letters = {
  'base64': `Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}\r\n`,
  'base64 with a comment': `Content-Type: text/plain\r\nContent-Transfer-Encoding: base64 (as agreed)\r\n\r\n${base64}\r\n`,
  'file': multipart('mixed', 'Content-Type: text/plain\r\n\r\nHello', 'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\nx'),
  'file with a comment': multipart('mixed', 'Content-Type: text/plain\r\n\r\nHello', 'Content-Type: application/pdf\r\nContent-Disposition: attachment (a bill); filename=a.pdf\r\n\r\nx'),
  'picture': multipart('related', 'Content-Type: text/html\r\n\r\n<img src="cid:one">', 'Content-Type: image/png\r\nContent-ID: <one>\r\n\r\nx'),
  'picture inline': multipart('related', 'Content-Type: text/html\r\n\r\n<img src="cid:one">', 'Content-Type: image/png; name=a.png\r\nContent-ID: <one>\r\nContent-Disposition: inline; filename=a.png\r\n\r\nx'),
  'boundary with a quote': 'Content-Type: multipart/mixed; boundary="a\\"b"\r\n\r\n--a"b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--a"b--\r\n',
};
for (const [name, letter] of Object.entries(letters)) {
  try {
    const { text, html, attachments = [] } = letterparser.extract(`From: a@example.com\r\nMIME-Version: 1.0\r\n${letter}`);
    console.log(name, '|', (text || html || '').trim(), '|', attachments.map(({ filename, contentType }) => filename ?? contentType.type).join(', ') || 'no file');
  } catch (error) { console.log(name, '|', error.name); }
}
JS

cat >expected <<'SEEN'
base64 | The lamp broke. | no file
base64 with a comment | VGhlIGxhbXAgYnJva2Uu | no file
file | Hello | a.pdf
file with a comment | Hello | no file
picture | <img src="cid:one"> | no file
picture inline | <img src="cid:one"> | no file
boundary with a quote | Error
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
