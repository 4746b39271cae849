#!/usr/bin/env bash
# vcard-generator 0.0.7: a card with a name has no FN, and its lines end in LF.
#
# Guess: FN, which each card must have (RFC 2426 section 3.1.1, RFC 6350 section 6.2.1), is made of the name; lines end in CRLF.
# Seen:  N alone; FN comes only with formattedNames. vcard-creator 1.0.0 writes FN and CRLF.
# Hurts: address books refuse the card that an agent attached, or show a contact without a name.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts vcard-generator@0.0.7 vcard-creator@1.0.0

cat >try.mjs <<'JS'
import vcard from 'vcard-generator';
import { VCard } from 'vcard-creator';
const name = { familyName: 'Berg', givenName: 'Anna' };
for (const [library, text] of [['vcard-generator', vcard.generate({ name })], ['vcard-creator', new VCard().addName(name).toString()]]) console.log(library, '| FN:', /^FN:(.*)$/m.exec(text)?.[1].trim() ?? 'none', '| N:', /^N:(.*)$/m.exec(text)?.[1].trim(), '| version', /^VERSION:(.*)$/m.exec(text)?.[1].trim(), '| lines end in', text.includes('\r\n') ? 'CRLF' : 'LF');
JS

cat >expected <<'SEEN'
vcard-generator | FN: none | N: Berg;Anna;;; | version 4.0 | lines end in LF
vcard-creator | FN: Anna Berg | N: Berg;Anna;;; | version 3.0 | lines end in CRLF
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
