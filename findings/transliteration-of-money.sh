#!/usr/bin/env bash
# transliteration 2.6.1: the sign of the euro becomes "EU", that of the pound "PS".
#
# Guess: EUR and GBP, as codes of money, or nothing.
# Seen:  letters that mean something else, glued to the amount; any-ascii, slugify and speakingurl give three more answers.
# Hurts: file names of invoices say "PS20" (a postscript, or 20 horse powers in German).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts transliteration@2.6.1 any-ascii@0.3.3 slugify@1.6.9 speakingurl@14.0.1

cat >try.mjs <<'JS'
import { transliterate } from 'transliteration';
import any from 'any-ascii';
import slugify from 'slugify';
import speaking from 'speakingurl';
for (const text of ['10 €', '£20', '¥300', '5 ₽', '7 ₹', '8 ¢', 'Nº 9', '½ l']) console.log(text.padEnd(5), [transliterate(text), any(text), slugify(text), speaking(text)].map((one) => JSON.stringify(one)).join(' '));
JS

cat >expected <<'SEEN'
10 €  "10 EU" "10 EUR" "10-euro" "10-eur"
£20   "PS20" "GBP20" "pound20" "gbp20"
¥300  "Y=300" "Y300" "yen300" "cny300"
5 ₽   "5 " "5 Rb" "5-russian-ruble" "5-rub"
7 ₹   "7 " "7 Rs" "7-indian-rupee" "7-inr"
8 ¢   "8 C/" "8 c" "8-cent" "8-cent"
Nº 9  "No 9" "No 9" "No-9" "no-9"
½ l   "1/2 l" "1/2 l" "l" "l"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
