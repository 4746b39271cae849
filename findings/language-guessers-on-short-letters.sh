#!/usr/bin/env bash
# franc 6.2.0 takes a short French letter for Bum and a Spanish one for Lingala; tinyld 1.3.4 has no answer to two Japanese words.
#
# Guess: a letter of forty letters with a greeting and a word of thanks is told right among the nine large languages of Western
# Europe, or is "und".
# Seen:  franc is wrong with four of nine (Swedish becomes Nynorsk, Italian Esperanto), and says "und" of none of them. tinyld is
# right with all nine, but answers nothing to 注文番号 and to "Danke".
# Hurts: the automatic answer goes out in the wrong language, or a ticket lands in the queue of a team that nobody is in.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts franc@6.2.0 tinyld@1.3.4

cat >try.mjs <<'JS'
import { franc } from 'franc';
import { detect } from 'tinyld';
const letters = { German: 'Hallo, meine Rechnung ist falsch. Danke', English: 'Hi, where is my order? Thanks', French: 'Bonjour, je n’ai rien reçu. Merci', Spanish: 'Hola, no llega mi pedido. Gracias',
  Dutch: 'Hallo, mijn bestelling is er nog niet. Bedankt', Portuguese: 'Olá, não recebi nada. Obrigado', Italian: 'Ciao, non ho ricevuto nulla. Grazie', Swedish: 'Hej, jag har inte fått något. Tack', Danish: 'Hej, jeg har ikke modtaget noget. Tak',
  'German, one word': 'Danke', Japanese: '注文番号' };
for (const [language, text] of Object.entries(letters)) console.log(language.padEnd(17), franc(text), detect(text) || '(nothing)');
JS

cat >expected <<'SEEN'
German            deu de
English           eng en
French            bum fr
Spanish           lin es
Dutch             nld nl
Portuguese        por pt
Italian           epo it
Swedish           nno sv
Danish            dan da
German, one word  und (nothing)
Japanese          und (nothing)
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
