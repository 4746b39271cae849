#!/usr/bin/env bash
# email-typo-fixer 1.1.0: o'neil@example.com is "fixed" to oneil@example.com, r&d@ to rd@, and gmx.com and uol.com.br become gmail.com and aol.com.
#
# Guess: signs that a local part may hold (RFC 5321 section 4.1.2: ' & + / and more; RFC 6531: umlauts) are left alone; only domains that nobody has
# are changed.
# Seen:  all but letters, digits, dot, plus, hyphen and underscore is taken out of the local part, quotes and blanks too; a domain within three
# letters of one of its six providers is replaced by it.
# Hurts: the answer goes to another person, who exists.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts email-typo-fixer@1.1.0

cat >try.mjs <<'JS'
import { emailTypoFixer } from 'email-typo-fixer';
for (const address of ['anna@gmial.com', "o'neil@example.com", 'r&d@example.com', 'müller@example.com', '"anna berg"@example.com', 'anna+desk@example.com', 'anna@gmx.com', 'anna@mail.com', 'anna@uol.com.br', 'anna@aol.de', 'anna@hey.com', 'anna@fastmail.com'])
  console.log(address, '->', emailTypoFixer(address).suggested ?? 'left');
JS

cat >expected <<'SEEN'
anna@gmial.com -> anna@gmail.com
o'neil@example.com -> oneil@example.com
r&d@example.com -> rd@example.com
müller@example.com -> mller@example.com
"anna berg"@example.com -> annaberg@example.com
anna+desk@example.com -> left
anna@gmx.com -> anna@gmail.com
anna@mail.com -> anna@gmail.com
anna@uol.com.br -> anna@aol.com
anna@aol.de -> anna@aol.com
anna@hey.com -> anna@aol.com
anna@fastmail.com -> left
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
