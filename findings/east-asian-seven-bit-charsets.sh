#!/usr/bin/env bash
# iso-2022-kr, iso-2022-cn and hz-gb-2312 are read by no common JavaScript reader, and nothing says so.
#
# Guess: mailparser hands charsets that the platform lacks to iconv-lite or libiconv tables, and these seven-bit charsets of mail are among them.
# Seen:  mailparser 3.14.2 and postal-mime 4.0.0 return the escape sequences as text. iconv-lite 0.7.0 knows none of the three;
# TextDecoder of Node 20 throws a RangeError for the labels that the WHATWG Encoding Standard calls "replacement".
# Hurts: Korean and Chinese mail of older programs is unreadable without an error.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2 postal-mime@4.0.0 iconv-lite@0.7.0

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import iconv from 'iconv-lite';
const texts = { 'iso-2022-kr': '\x1b$)C\x0eGQ1[\x0f', 'iso-2022-cn': '\x1b$)A\x0eVPND\x0f', 'hz-gb-2312': '~{VPND~}' };
for (const [charset, bytes] of Object.entries(texts)) {
  const source = `From: a@example.com\r\nContent-Type: text/plain; charset=${charset}\r\n\r\n${bytes}\r\n`;
  const one = (await simpleParser(source)).text.trim();
  const two = (await PostalMime.parse(source)).text.trim();
  let platform; try { platform = JSON.stringify(new TextDecoder(charset).decode(Buffer.from(bytes))); } catch (error) { platform = error.name; }
  console.log(charset, '| mailparser', JSON.stringify(one), '| postal-mime', JSON.stringify(two), '| iconv-lite', iconv.encodingExists(charset), '| TextDecoder', platform);
}
JS

cat >expected <<'SEEN'
iso-2022-kr | mailparser "\u001b$)C\u000eGQ1[\u000f" | postal-mime "\u001b$)C\u000eGQ1[\u000f" | iconv-lite false | TextDecoder RangeError
iso-2022-cn | mailparser "\u001b$)A\u000eVPND\u000f" | postal-mime "\u001b$)A\u000eVPND\u000f" | iconv-lite false | TextDecoder RangeError
hz-gb-2312 | mailparser "~{VPND~}" | postal-mime "~{VPND~}" | iconv-lite false | TextDecoder RangeError
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
