#!/usr/bin/env bash
# fast-xml-parser 5.12.1: &#252; stays as it is, +49 is 49, 1e5 is 100000 and 007 is 7.
#
# Guess: numeric references are XML itself (section 4.1) and are decoded as &amp; is; text that only looks like a number stays text unless asked for.
# Seen:  the five names of XML are decoded, numbers of letters only with htmlEntities. Values are numbers where they look like it, with leading zeros, plus
# and exponent; numbers too long for JavaScript stay text. numberParseOptions or parseTagValue: false end that.
# Hurts: names with umlauts in reports and web services, telephone numbers, postal codes, and ids in hexadecimal that happen to be 12e5.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts fast-xml-parser@5.12.1

cat >try.mjs <<'JS'
import { XMLParser } from 'fast-xml-parser';
const ways = { default: {}, htmlEntities: { htmlEntities: true }, 'parseTagValue: false': { parseTagValue: false } };
for (const text of ['M&#252;ller &amp; Co', '+49', '+4930123456', '007', '01067', '12e5', '0x1F', '12345678901234567890', '1.10', 'true']) {
  console.log(text, '->', Object.entries(ways).map(([name, options]) => name + ' ' + JSON.stringify(new XMLParser(options).parse('<a>' + text + '</a>').a)).join(', '));
}
JS

cat >expected <<'SEEN'
M&#252;ller &amp; Co -> default "M&#252;ller & Co", htmlEntities "Müller & Co", parseTagValue: false "M&#252;ller & Co"
+49 -> default 49, htmlEntities 49, parseTagValue: false "+49"
+4930123456 -> default 4930123456, htmlEntities 4930123456, parseTagValue: false "+4930123456"
007 -> default 7, htmlEntities 7, parseTagValue: false "007"
01067 -> default 1067, htmlEntities 1067, parseTagValue: false "01067"
12e5 -> default 1200000, htmlEntities 1200000, parseTagValue: false "12e5"
0x1F -> default 31, htmlEntities 31, parseTagValue: false "0x1F"
12345678901234567890 -> default "12345678901234567890", htmlEntities "12345678901234567890", parseTagValue: false "12345678901234567890"
1.10 -> default 1.1, htmlEntities 1.1, parseTagValue: false "1.10"
true -> default true, htmlEntities true, parseTagValue: false "true"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
