#!/usr/bin/env bash
# encoding-japanese 2.5.0: "JIS" is more than the charset iso-2022-jp, and TextDecoder cannot read it.
#
# Guess: a letter that iso-2022-jp does not have becomes a question mark, as the euro sign does.
# Seen:  an umlaut is written in JIS X 0212 (ESC $ ( D), which iso-2022-jp does not allow (RFC 1468) and which the decoder of the
# platform turns into other characters. The library itself reads it back.
# Hurts: who writes "iso-2022-jp" over the result sends broken names to all who read with a browser or with postal-mime.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts encoding-japanese@2.5.0

cat >try.mjs <<'JS'
import encoding from 'encoding-japanese';
for (const text of ['Anna Bär 様', '5 € 様']) {
  const octets = Uint8Array.from(encoding.convert(encoding.stringToCode(text), { from: 'UNICODE', to: 'JIS' }));
  console.log(JSON.stringify(Buffer.from(octets).toString('latin1')));
  console.log('  the library', encoding.convert(octets, { from: 'JIS', to: 'UNICODE', type: 'string' }));
  console.log('  TextDecoder', new TextDecoder('iso-2022-jp').decode(octets));
}
JS

cat >expected <<'SEEN'
"Anna B\u001b$(D+#\u001b(Br \u001b$BMM\u001b(B"
  the library Anna Bär 様
  TextDecoder Anna B�+#r 様
"5 ? \u001b$BMM\u001b(B"
  the library 5 ? 様
  TextDecoder 5 ? 様
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
