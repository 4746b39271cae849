#!/usr/bin/env bash
# email-forward-parser 1.8.3: "Fwd:" and "FW:" are forwarded emails, "fwd:", "FWD:" and "Tr:" are not.
#
# Guess: the mark in the subject is read in any case, and with the blank that French programs put before the colon.
# Seen:  only the spelling of its list counts: "WG:" but not "Wg:", "TR:" but neither "Tr:" nor "TR :".
# Hurts: the colleague who forwarded the letter becomes the customer.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts email-forward-parser@1.8.3

cat >try.mjs <<'JS'
import Parser from 'email-forward-parser';
const EmailForwardParser = Parser.default ?? Parser;
const body = 'Please look.\n\nFrom: Anna Berg <anna@example.com>\nSent: Monday, June 1, 2026 10:00 AM\nTo: desk@example.com\nSubject: Broken\n\nHello\n';
for (const mark of ['Fwd:', 'fwd:', 'FWD:', 'FW:', 'fw:', 'WG:', 'Wg:', 'TR:', 'Tr:', 'TR :']) {
  const result = new EmailForwardParser().read(body, mark + ' Broken');
  console.log(mark, result.forwarded, result.email?.from?.address);
}
JS

cat >expected <<'SEEN'
Fwd: true anna@example.com
fwd: false undefined
FWD: false undefined
FW: true anna@example.com
fw: false undefined
WG: true anna@example.com
Wg: false undefined
TR: true anna@example.com
Tr: false undefined
TR : false undefined
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
