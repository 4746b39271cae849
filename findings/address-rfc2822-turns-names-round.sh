#!/usr/bin/env bash
# address-rfc2822 2.2.4: name() turns names with a comma round, and loses the first name where the family name has several words.
#
# Guess: name() is the display name without its quotes.
# Seen:  "BERG, ANNA" becomes "Anna Berg", but "von der Berg, Anna" becomes "von der Berg", and an encoded word becomes nothing.
# Hurts: the customer is greeted by half a name.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts address-rfc2822@2.2.4

cat >try.mjs <<'JS'
import address from 'address-rfc2822';
for (const from of ['"BERG, ANNA" <a@example.com>', '"Berg, Anna (Sales)" <a@example.com>', '"von der Berg, Anna" <a@example.com>', '=?utf-8?Q?B=C3=A4r?= <a@example.com>'])
  console.log(from, '->', JSON.stringify(address.parse(from)[0].name()));
JS

cat >expected <<'SEEN'
"BERG, ANNA" <a@example.com> -> "Anna Berg"
"Berg, Anna (Sales)" <a@example.com> -> "Anna Berg"
"von der Berg, Anna" <a@example.com> -> "von der Berg"
=?utf-8?Q?B=C3=A4r?= <a@example.com> -> ""
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
