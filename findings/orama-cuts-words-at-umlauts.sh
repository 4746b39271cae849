#!/usr/bin/env bash
# @orama/orama 3.1.18: "Grüße" finds whatever has words with "gr" or with e, "C++" what has a word with c, and of TK-2026-118 the number 2026-118 finds
# nothing.
#
# Guess: a word is what letters of any language make (or umlauts are folded); it is cut at hyphens; and what nothing can match finds nothing.
# Seen:  without a language it is English, whose letters are a to z and some with accents of French and Italian: ä, ö, ü and ß are blanks, a hyphen is a
# letter. Each word of the question finds what begins so, and one of them is enough. With language: 'german' umlauts are letters.
# Hurts: a search for a German name shows the whole mailbox, and a ticket's number without its prefix nothing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @orama/orama@3.1.18

cat >try.mjs <<'JS'
import { create, insert, search } from '@orama/orama';
const letters = ['Order TK-2026-117, Grüße', 'Order TK-2026-118, great thanks, Anna', 'Please call, I am in the green house'];
for (const language of ['english', 'german']) {
  const db = await create({ schema: { text: 'string' }, language });
  for (const [index, text] of letters.entries()) await insert(db, { id: String(index + 1), text });
  for (const term of ['Grüße', 'größer', 'C++', 'TK-2026-118', '2026-118', '2026']) console.log(language, term, '->', (await search(db, { term })).hits.map((hit) => hit.id).sort().join(' ') || 'nothing');
}
JS

cat >expected <<'SEEN'
english Grüße -> 1 2 3
english größer -> 1 2 3
english C++ -> 3
english TK-2026-118 -> 2
english 2026-118 -> nothing
english 2026 -> nothing
german Grüße -> 1
german größer -> nothing
german C++ -> 3
german TK-2026-118 -> 1 2
german 2026-118 -> 1 2
german 2026 -> 1 2
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
