#!/usr/bin/env bash
# stopword 3.1.5: the German list drops "offen", "Jahr", "Tag" and "drei", the Spanish and Dutch ones drop "nueva" and "niet".
#
# Guess: a list of stop words holds articles, pronouns and the like: "Die Rechnung ist offen" leaves "Rechnung offen".
# Seen:  see below: words that say how a ticket stands, or how long it lay, are gone.
# Hurts: a search for "Rechnung offen" finds all invoices; texts that differ in such a word count as the same.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts stopword@3.1.5

cat >try.mjs <<'JS'
import { removeStopwords, deu, eng, fra, spa, nld } from 'stopword';
const sentences = [[deu, 'Die Rechnung ist offen'], [deu, 'seit einem Jahr und einem Tag'], [deu, 'drei grosse Kisten'], [eng, 'the order is not open'], [fra, 'la facture est ouverte'], [spa, 'la factura no es nueva'], [nld, 'de rekening is niet open']];
for (const [list, sentence] of sentences) console.log(sentence, '->', removeStopwords(sentence.split(' '), list).join(' ') || '(nothing)');
JS

cat >expected <<'SEEN'
Die Rechnung ist offen -> Rechnung
seit einem Jahr und einem Tag -> (nothing)
drei grosse Kisten -> Kisten
the order is not open -> order not open
la facture est ouverte -> facture ouverte
la factura no es nueva -> factura es nueva
de rekening is niet open -> rekening open
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
