#!/usr/bin/env bash
# vcard4 4.0.5: a valid card of version 4.0 is refused for SORT-AS.
#
# Guess: SORT-AS is allowed at N and at ORG (RFC 6350 section 5.9, with just this example).
# Seen:  an error: "unknown parameter: SORT-AS", at either of them.
# Hurts: the contacts of a company that sorts them cannot be imported, not one field of them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts vcard4@4.0.5

cat >try.mjs <<'JS'
import * as vcard4 from 'vcard4';
for (const line of ['N;SORT-AS="Berg,Anna":van den Berg;Anna;;;', 'ORG:The ACME', 'ORG;SORT-AS="ACME":The ACME']) {
  try {
    vcard4.parse(['BEGIN:VCARD', 'VERSION:4.0', 'FN:Anna', line, 'END:VCARD', ''].join('\r\n'));
    console.log(line, '-> read');
  } catch (error) {
    console.log(line, '->', error.message);
  }
}
JS

cat >expected <<'SEEN'
N;SORT-AS="Berg,Anna":van den Berg;Anna;;; -> vCard has unknown parameter: SORT-AS, on N property
ORG:The ACME -> read
ORG;SORT-AS="ACME":The ACME -> vCard has unknown parameter: SORT-AS, on ORG property
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
