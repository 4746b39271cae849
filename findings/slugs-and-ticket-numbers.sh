#!/usr/bin/env bash
# Four slug libraries: TK1042B is tk-1042-b or tk1042b, [TK#1042] is tk1042 or tk-1042.
#
# Guess: TK1042b is tk1042b for all of them, and [TK#1042] with the strict option keeps its parts apart (tk-1042).
# Seen:  @sindresorhus/slugify 3.0.1 takes capitals and digits for the words of a camel-case name, so that the case of one letter
# moves a hyphen; slugify 1.6.9 joins what a removed sign parted.
# Hurts: the address of a ticket changes with the library, or when a letter is added, and old links lead nowhere.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @sindresorhus/slugify@3.0.1 slugify@1.6.9 limax@4.2.3 transliteration@2.6.1

cat >try.mjs <<'JS'
import strict from '@sindresorhus/slugify';
import slugify from 'slugify';
import limax from 'limax';
import { slugify as transliterated } from 'transliteration';
for (const name of ['TK1042', 'TK1042b', 'TK1042B', '[TK#1042]', 'TK/1042', 'TK.1042', 'TK_1042']) console.log(name.padEnd(10), [strict(name), slugify(name, { strict: true, lower: true }), limax(name), transliterated(name)].map((slug) => slug.padEnd(10)).join(' ').trimEnd());
JS

cat >expected <<'SEEN'
TK1042     tk-1042    tk1042     tk1042     tk1042
TK1042b    tk-1042b   tk1042b    tk1042b    tk1042b
TK1042B    tk-1042-b  tk1042b    tk1042b    tk1042b
[TK#1042]  tk-1042    tk1042     tk-1042    tk-1042
TK/1042    tk-1042    tk1042     tk-1042    tk-1042
TK.1042    tk-1042    tk1042     tk-1042    tk.1042
TK_1042    tk-1042    tk1042     tk_1042    tk_1042
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
