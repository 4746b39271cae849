#!/usr/bin/env bash
# @covve/easy-vcard 1.1.1: of what vCard escapes only backslash and line end are, so that a name with a semicolon fills two fields.
#
# Guess: ; and , in values are escaped (RFC 6350 section 3.4); an organisation called "Lamp; Light" is one name.
# Seen:  N:Smith;Ann, Q.C.; Dr;;; has six pieces, ORG:Lamp; Light;Sales three units.
# Hurts: address books put the title among the further names, and the firm's name is cut in two.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @covve/easy-vcard@1.1.1

cat >try.cjs <<'JS'
const { VCard } = require('@covve/easy-vcard');
const card = new VCard();
card.addFirstName('Ann, Q.C.; Dr').addLastName('Smith').addOrganization('Lamp; Light', ['Sales']).addTitle('Head, Lamps').addNotes('one\\two\nthree, four; five');
console.log(card.toString().split(/\r?\n/).filter((line) => /^(N|ORG|TITLE|NOTE):/.test(line)).join('\n'));
JS

cat >expected <<'SEEN'
N:Smith;Ann, Q.C.; Dr;;;
TITLE:Head, Lamps
ORG:Lamp; Light;Sales
NOTE:one\\two\nthree, four; five
SEEN
node try.cjs | tee seen
diff expected seen && echo 'as described'
