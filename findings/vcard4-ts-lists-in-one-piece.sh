#!/usr/bin/env bash
# vcard4-ts 0.4.1: the parts of ORG and of a quoted TYPE list come in one piece, and the caret encoding stays.
#
# Guess: ORG:Acme;Sales has two parts (RFC 6350 section 6.6.4), as N has five; TYPE="work,voice" is two types (the example of
# section 6.4.1); ^' is a double quote (RFC 6868).
# Seen:  ["Acme;Sales"], ["work,voice"] and the carets as they stand, while TYPE=work,voice and N are split.
# Hurts: companies of contacts are named "Acme;Sales", and a telephone is neither of work nor for voice.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts vcard4-ts@0.4.1

cat >try.mjs <<'JS'
import { parseVCards } from 'vcard4-ts';
const read = (line) => parseVCards(['BEGIN:VCARD', 'VERSION:4.0', 'FN:Anna Berg', line, 'END:VCARD', ''].join('\r\n')).vCards[0];
console.log('N  ', JSON.stringify(read('N:Berg;Anna;;;').N.value));
console.log('ORG', JSON.stringify(read('ORG:Acme;Sales').ORG[0].value));
for (const type of ['TYPE=work,voice', 'TYPE="work,voice"', 'TYPE=work;TYPE=voice']) console.log(type, JSON.stringify(read('TEL;' + type + ':+49 30 1').TEL[0].parameters.TYPE));
console.log('caret', JSON.stringify(read("EMAIL;X-A=Jo ^'JJ^' Berg:jo@example.com").EMAIL[0].parameters));
JS

cat >expected <<'SEEN'
N   {"familyNames":["Berg"],"givenNames":["Anna"],"additionalNames":[""],"honorificPrefixes":[""],"honorificSuffixes":[""]}
ORG ["Acme;Sales"]
TYPE=work,voice ["work","voice"]
TYPE="work,voice" ["work,voice"]
TYPE=work;TYPE=voice ["work","voice"]
caret {"x":{"X_A":["Jo ^'JJ^' Berg"]}}
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
