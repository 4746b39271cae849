#!/usr/bin/env bash
# Three readers of vCard 3.0 give three notes of one contact.
#
# Guess: escaped line breaks, commas and semicolons are undone, a folded line is joined without its first blank, and TYPE=WORK,VOICE
# are two types (RFC 2426 sections 2.6 and 4).
# Seen:  vcf 2.1.2 undoes no escape. vcard-parser 1.0.0 undoes them, but joins words across a fold and takes "WORK,VOICE" for one type.
# ical.js 2.2.1 leaves "\;" in the note.
# Hurts: the company is called "ACME\, Inc." in the helpdesk.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts vcf@2.1.2 vcard-parser@1.0.0 ical.js@2.2.1

cat >try.mjs <<'JS'
import Vcf from 'vcf';
import parser from 'vcard-parser';
import ICAL from 'ical.js';
const card = ['BEGIN:VCARD', 'VERSION:3.0', 'FN:Anna', 'N:B;Anna;;;', 'ORG:ACME\\, Inc.;Sales', 'TEL;TYPE=WORK,VOICE:+49 1', 'NOTE:one\\, two\\; three\\nfour folded', '  here', 'END:VCARD', ''].join('\r\n');
const one = new Vcf().parse(card);
console.log('vcf         ', JSON.stringify([one.get('org').valueOf(), one.get('note').valueOf(), one.get('tel').type]));
const two = parser.parse(card);
console.log('vcard-parser', JSON.stringify([two.org[0].value, two.note[0].value, two.tel[0].meta.type]));
const three = new ICAL.Component(ICAL.parse(card));
console.log('ical.js     ', JSON.stringify([three.getFirstProperty('org').getFirstValue(), three.getFirstPropertyValue('note'), three.getFirstProperty('tel').getParameter('type')]));
JS

cat >expected <<'SEEN'
vcf          ["ACME\\, Inc.;Sales","one\\, two\\; three\\nfour folded here",["work","voice"]]
vcard-parser [["ACME, Inc.","Sales"],"one, two; three\nfour foldedhere",["WORK,VOICE"]]
ical.js      [["ACME, Inc.","Sales"],"one, two\\; three\nfour folded here",["WORK","VOICE"]]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
