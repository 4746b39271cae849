#!/usr/bin/env bash
# postal-mime 4.0.0 and letterparser 0.1.8: a charset that browsers lack (cp850, x-mac-ce, viscii, iso-8859-16, cp949) is read as Latin letters, or refuses the letter.
#
# Guess: a charset that TextDecoder has not is reported or decoded by a table; utf-16 with a byte order mark is read in the order that it says (RFC 2781 section 4.3).
# Seen:  postal-mime reads the bytes as Windows-1252 and says nothing; letterparser throws for the whole letter. Both read utf-16 that begins with
#        FE FF in the wrong order, since the web's utf-16 is little-endian. Of cp949, postal-mime on Node 20 reads the syllables of euc-kr alone.
# Hurts: letters of old cash desks, scanners and Macs, and Korean names such as 똠, show as other letters; an import with letterparser stops.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts postal-mime@4.0.0 letterparser@0.1.8

cat >try.mjs <<'JS'
import * as letterparser from 'letterparser';
import PostalMime from 'postal-mime';
const letters = {
  cp850: ['4772 81e1 65', 'Grüße'],
  'x-mac-ce': ['eb6c 75e9 6f75 8bf9', 'Žluťoučký'],
  viscii: ['5469 aa6e 67', 'Tiếng'],
  'iso-8859-16': ['3520 a4', '5 €'],
  cp949: ['bec8 b3e7 208c 63', '안녕 똠'],
  'utf-16': ['feff 0047 0072 00fc', 'Grü'],
};
const shown = (text) => JSON.stringify(text).replace(/[\x7f-\x9f\u200b-\u200f\ufff0-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
for (const [charset, [hex, right]] of Object.entries(letters)) {
  const encoded = Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('base64');
  const source = `From: a@example.com\r\nContent-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}\r\n`;
  const one = (await PostalMime.parse(source)).text.trim();
  let two;
  try { two = shown(letterparser.extract(source).text.trim()); } catch (error) { two = `${error.name}: ${error.message}`; }
  console.log(charset, right, '| postal-mime', one === right ? 'right' : shown(one), '| letterparser', two);
}
JS

cat >expected <<'SEEN'
cp850 Grüße | postal-mime "Gr\u0081áe" | letterparser RangeError: The "cp850" encoding is not supported
x-mac-ce Žluťoučký | postal-mime "ëluéou\u008bù" | letterparser RangeError: The "x-mac-ce" encoding is not supported
viscii Tiếng | postal-mime "Tiªng" | letterparser RangeError: The "viscii" encoding is not supported
iso-8859-16 5 € | postal-mime "5 ¤" | letterparser RangeError: The "iso-8859-16" encoding is not supported
cp949 안녕 똠 | postal-mime "안녕 \u008cc" | letterparser RangeError: The "cp949" encoding is not supported
utf-16 Grü | postal-mime "\ufffe䜀爀ﰀ" | letterparser "\ufffe䜀爀ﰀ"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
