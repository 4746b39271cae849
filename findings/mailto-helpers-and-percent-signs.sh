#!/usr/bin/env bash
# mailto-parser 1.0.1 undoes no percent encoding and does not read mailto:?to=…; mailto-link 2.0.0 encodes no recipient.
#
# Guess: values come out decoded (RFC 6068 section 5); a link without an address before the question mark is allowed (section 2); a writer encodes a
# question mark or an ampersand in the local part and writes line breaks as %0D%0A (section 5).
# Seen:  see below: two headers become part of an address when read, the local part ends at its question mark when written, line breaks are %0A.
# Hurts: List-Unsubscribe links in this form end in a letter to nobody; the subject of the customer is full of percent signs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailto-parser@1.0.1 mailto-link@2.0.0

cat >try.mjs <<'JS'
import parser from 'mailto-parser';
import link from 'mailto-link';
for (const url of ['mailto:anna%2Bdesk@example.com?subject=order%2017&body=a%0D%0Ab', 'mailto:?to=anna@example.com&subject=Hello', 'mailto:anna@example.com?SUBJECT=Hello']) {
  const { addresses, attributeKey } = parser.parse(url);
  console.log('read ', url, '->', JSON.stringify(addresses), JSON.stringify(attributeKey));
}
const write = link.default ?? link;
for (const options of [{ to: 'who?me@example.com', subject: 'x' }, { to: 'r&d@example.com', body: 'one\ntwo' }, { to: ['a%b@example.com'] }]) console.log('write', JSON.stringify(options), '->', write(options));
JS

cat >expected <<'SEEN'
read  mailto:anna%2Bdesk@example.com?subject=order%2017&body=a%0D%0Ab -> ["anna%2Bdesk@example.com"] {"subject":"order%2017","body":"a%0D%0Ab"}
read  mailto:?to=anna@example.com&subject=Hello -> ["?to=anna@example.com&subject=Hello"] {}
read  mailto:anna@example.com?SUBJECT=Hello -> ["anna@example.com"] {"SUBJECT":"Hello"}
write {"to":"who?me@example.com","subject":"x"} -> mailto:who?me@example.com?subject=x
write {"to":"r&d@example.com","body":"one\ntwo"} -> mailto:r&d@example.com?body=one%0Atwo
write {"to":["a%b@example.com"]} -> mailto:a%b@example.com
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
