#!/usr/bin/env bash
# emailjs-mime-parser 2.0.7: a text in base64 whose charset is neither UTF-8 nor Latin-1 becomes other letters; the same text in quoted-printable is right.
#
# Guess: the charset is undone behind the transfer encoding, whichever that is (RFC 2045 section 6.2), so both forms give one text.
# Seen:  each character of the decoded text is cut to its lowest byte: "5 €" is "5 ¬", "Müşteri" is "Mü_teri", Russian and Japanese are signs.
#        Of a file name in pieces the blank between them is lost, and quoted lines of flowed text are joined with their signs.
# Hurts: mail in base64 is what Outlook and Gmail send for just these languages.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts emailjs-mime-parser@2.0.7

cat >try.mjs <<'JS'
import emailjs from 'emailjs-mime-parser';
const parse = emailjs.default ?? emailjs;
const read = (head, body) => parse(new Uint8Array(Buffer.from(`${head}\r\n\r\n${body}\r\n`, 'latin1')));
const letters = { 'windows-1252': '352080', 'iso-8859-9': '4dfcfe74657269', 'koi8-r': 'd0d2c9d7c5d4', shift_jis: '8ca990cf8f91', 'utf-8': '3520e282ac', 'iso-8859-1': '4772fcdf65' };
for (const [charset, hex] of Object.entries(letters)) {
  const type = `Content-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: `;
  const texts = [['quoted-printable', hex.replace(/../g, '=$&').toUpperCase()], ['base64', Buffer.from(hex, 'hex').toString('base64')]].map(([encoding, body]) =>
    JSON.stringify(new TextDecoder().decode(read(type + encoding, body).content).trim()),
  );
  console.log(charset, ...texts);
}
const file = read('Content-Type: application/pdf\r\nContent-Disposition: attachment; filename*0="bill of "; filename*1="March.pdf"', 'x');
console.log(file.headers['content-disposition'][0].params.filename);
const flowed = read('Content-Type: text/plain; charset=utf-8; format=flowed', '> This is a \r\n> long line.');
console.log(JSON.stringify(new TextDecoder().decode(flowed.content)));
JS

cat >expected <<'SEEN'
windows-1252 "5 €" "5 ¬"
iso-8859-9 "Müşteri" "Mü_teri"
koi8-r "привет" "?@825B"
shift_jis "見積書" "貴�"
utf-8 "5 €" "5 €"
iso-8859-1 "Grüße" "Grüße"
bill ofMarch.pdf
"> This is a > long line.\n"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
