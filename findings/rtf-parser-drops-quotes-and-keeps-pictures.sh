#!/usr/bin/env bash
# rtf-parser 1.3.3: quotes, dashes and bullets vanish, letters beyond the code page get a question mark, pictures become text.
#
# Guess: the control words for signs (\ldblquote, \endash, \bullet) are these signs; after \u252? the stand-in is skipped (\uc1
# is the default); a picture is no text.
# Seen:  see below. rtf-stream-parser 3.8.1, which reads only the RTF that wraps a mail of Outlook, has the signs right; the octets
# of the picture are text for both.
# Hurts: bodies of Outlook messages (PR_RTF_COMPRESSED) that no HTML comes with are shown with "?" behind each umlaut and pages of
# hexadecimal digits.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts rtf-parser@1.3.3 rtf-stream-parser@3.8.1

cat >try.mjs <<'JS'
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const rtf = require('rtf-parser');
const { deEncapsulateSync } = require('rtf-stream-parser');
const text = (source) => new Promise((done, fail) => rtf.string(source, (error, document) => (error ? fail(error) : done(document.content.map((part) => (part.content ? part.content.map((one) => one.value).join('') : part.value)).join('')))));
const decode = (octets, charset) => new TextDecoder(charset).decode(octets);
for (const body of ["gr\\'fcn", 'gr\\u252?n', '\\uc0 gr\\u252 n', '\\ldblquote a\\rdblquote', 'a\\endash b', '\\bullet a', '{\\pict\\pngblip 89504e47}x', '{\\field{\\*\\fldinst HYPERLINK "https://example.com"}{\\fldrslt x}}'])
  console.log(body.padEnd(66), 'rtf-parser', JSON.stringify(await text('{\\rtf1\\ansi\\ansicpg1252 ' + body + '}')), 'rtf-stream-parser', JSON.stringify(deEncapsulateSync('{\\rtf1\\ansi\\ansicpg1252\\fromtext ' + body + '}', { decode }).text));
JS

cat >expected <<'SEEN'
gr\'fcn                                                            rtf-parser "grün" rtf-stream-parser "grün"
gr\u252?n                                                          rtf-parser "grü?n" rtf-stream-parser "grün"
\uc0 gr\u252 n                                                     rtf-parser "grün" rtf-stream-parser "grün"
\ldblquote a\rdblquote                                             rtf-parser "a" rtf-stream-parser "“a”"
a\endash b                                                         rtf-parser "ab" rtf-stream-parser "a–b"
\bullet a                                                          rtf-parser "a" rtf-stream-parser "•a"
{\pict\pngblip 89504e47}x                                          rtf-parser "89504e47x" rtf-stream-parser "89504e47x"
{\field{\*\fldinst HYPERLINK "https://example.com"}{\fldrslt x}}   rtf-parser "x" rtf-stream-parser "x"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
