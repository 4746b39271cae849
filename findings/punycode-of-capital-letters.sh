#!/usr/bin/env bash
# punycode 2.3.1: MÜNCHEN.de and münchen.de become two different domains, and so does the form with a combining mark.
#
# Guess: toASCII maps to small letters and composes first, as IDNA asks (RFC 5895, UTS 46): domains have no case.
# Seen:  xn--MNCHEN-psa.de and xn--munchen-gie.de, which are not the domain of the customer; tr46 6.0.0 gives xn--mnchen-3ya.de for all three.
# Hurts: the answer goes to a domain that does not exist; macOS writes file and host names with combining marks.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts punycode@2.3.1 tr46@6.0.0

cat >try.mjs <<'JS'
import punycode from 'punycode/punycode.js';
import { toASCII } from 'tr46';
for (const domain of ['münchen.de', 'MÜNCHEN.de', 'mu\u0308nchen.de']) console.log(domain.normalize('NFC'), domain.length, '| punycode', punycode.toASCII(domain), '| tr46', toASCII(domain));
JS

cat >expected <<'SEEN'
münchen.de 10 | punycode xn--mnchen-3ya.de | tr46 xn--mnchen-3ya.de
MÜNCHEN.de 10 | punycode xn--MNCHEN-psa.de | tr46 xn--mnchen-3ya.de
münchen.de 11 | punycode xn--munchen-gie.de | tr46 xn--mnchen-3ya.de
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
