#!/usr/bin/env bash
# fuse.js 7.5.0: the invoice number 12345678 finds the letter with the telephone number 1234567 and not the letter in which it stands; "thanks" finds
# nothing.
#
# Guess: what stands in a text word for word is found, wherever it stands, and comes before what is only alike.
# Seen:  a hit counts by its distance from the begin of the text too (100 signs away from it it is none, threshold 0.6 and distance 100), so that something
# alike further to the front wins. ignoreLocation: true ends that, and then all that is a bit alike is found.
# Hurts: a search over letters knows their first line only, and shows somebody else's ticket for a number.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts fuse.js@7.5.0

cat >try.mjs <<'JS'
import Fuse from 'fuse.js';
const letters = [{ id: 1, text: 'Order TK-2026-117 of anna.berg@example.com: greetings from our house at the lake, invoice 12345678' }, { id: 2, text: 'Please call +49 30 1234567 for the details that I left out, the sooner the better, thanks' }];
for (const [name, options] of [['as it is', {}], ['ignoreLocation', { ignoreLocation: true }]]) {
  const fuse = new Fuse(letters, { keys: ['text'], includeScore: true, ...options });
  for (const words of ['12345678', 'invoice', 'thanks', 'TK-2026-117', 'house']) console.log(name, words, '->', fuse.search(words).map(({ item, score }) => `${item.id} (${score.toFixed(2)})`).join(', ') || 'nothing');
}
JS

cat >expected <<'SEEN'
as it is 12345678 -> 2 (0.76)
as it is invoice -> nothing
as it is thanks -> nothing
as it is TK-2026-117 -> 1 (0.46)
as it is house -> 1 (0.87)
ignoreLocation 12345678 -> 1 (0.15), 2 (0.60)
ignoreLocation invoice -> 1 (0.15)
ignoreLocation thanks -> 2 (0.19), 1 (0.83)
ignoreLocation TK-2026-117 -> 1 (0.15)
ignoreLocation house -> 1 (0.15), 2 (0.88)
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
