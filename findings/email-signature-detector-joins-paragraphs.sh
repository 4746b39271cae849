#!/usr/bin/env bash
# email-signature-detector 0.0.6: the letter without its signature has lost all its empty lines, and a letter of one paragraph in which the sender
# names himself is a signature.
#
# Guess: bodyNoSig is the letter up to the signature, as it was; a signature stands at the end, behind a greeting or a line "-- ".
# Seen:  empty lines are dropped and line ends become CRLF; "Anna Berg called …" with a telephone number counts as the signature, and the letter is
# "Hello".
# Hurts: tickets are one block of text, or nothing but a greeting.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts email-signature-detector@0.0.6

cat >try.mjs <<'JS'
import detector from 'email-signature-detector';
const from = { email: 'anna.berg@example.com', displayName: 'Anna Berg' };
for (const body of ['Hello,\n\nthe printer is broken.\n\nIt says error 5.\n\nKind regards\nAnna Berg', 'Hello\n\nAnna Berg called me about www.example.com yesterday.\nPlease call 030 123456.\n\nThanks for all\n'])
  console.log(JSON.stringify(body), '->', JSON.stringify(detector.getSignature(body, from, true)));
JS

cat >expected <<'SEEN'
"Hello,\n\nthe printer is broken.\n\nIt says error 5.\n\nKind regards\nAnna Berg" -> {"signature":"Kind regards\r\nAnna Berg","found":true,"bodyNoSig":"Hello,\r\nthe printer is broken.\r\nIt says error 5."}
"Hello\n\nAnna Berg called me about www.example.com yesterday.\nPlease call 030 123456.\n\nThanks for all\n" -> {"signature":"Anna Berg called me about www.example.com yesterday.\r\nPlease call 030 123456.\r\nThanks for all","found":true,"bodyNoSig":"Hello"}
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
