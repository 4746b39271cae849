#!/usr/bin/env bash
# vcf 2.1.2 and vcard-parser 1.0.0 accept vCard 2.1, but leave names in quoted-printable and cut them at a soft line break.
#
# Guess: who accepts VERSION:2.1 decodes ENCODING=QUOTED-PRINTABLE, the way of that version for all that is not ASCII.
# Seen:  the name is "Anna B=C3=A4=", and the rest of it becomes a property "r".
# Hurts: contacts of older Outlook and Android, which send 2.1, have unreadable names.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts vcf@2.1.2 vcard-parser@1.0.0

cat >try.mjs <<'JS'
import Vcf from 'vcf';
import parser from 'vcard-parser';
const card = ['BEGIN:VCARD', 'VERSION:2.1', 'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:B=C3=A4r;Anna', 'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Anna B=C3=A4=', 'r', 'TEL;WORK:+49 1', 'END:VCARD', ''].join('\r\n');
const one = new Vcf().parse(card);
console.log('vcf         ', JSON.stringify([one.get('fn').valueOf(), one.get('n').valueOf(), Object.keys(one.data)]));
const two = parser.parse(card);
console.log('vcard-parser', JSON.stringify([two.fn[0].value, two.n[0].value, Object.keys(two)]));
JS

cat >expected <<'SEEN'
vcf          ["Anna B=C3=A4=","B=C3=A4r;Anna",["version","n","fn","r","tel"]]
vcard-parser ["Anna B=C3=A4=",["B=C3=A4r","Anna"],["version","n","fn","r","tel"]]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
