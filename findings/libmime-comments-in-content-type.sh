#!/usr/bin/env bash
# libmime 5.6.4: parseHeaderValue takes a comment in Content-Type for a part of the type, for a parameter, or for a part of the charset.
#
# Guess: comments are skipped (RFC 2045 section 5.1 shows one in this very field).
# Seen:  the type is "text/plain (us" and there is a parameter "plain"; a charset with a comment behind it is "iso-8859-1 (Western)".
# Hurts: who compares the type with "text/plain" takes the body for an attachment, and no decoder knows the charset.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts libmime@5.6.4

cat >try.mjs <<'JS'
import libmime from 'libmime';
for (const type of ['text/plain; charset=us-ascii', 'text/plain (us; plain=yes); charset=us-ascii', 'text/plain; charset=iso-8859-1 (Western)'])
  console.log(type, '->', JSON.stringify(libmime.parseHeaderValue(type)));
JS

cat >expected <<'SEEN'
text/plain; charset=us-ascii -> {"value":"text/plain","params":{"charset":"us-ascii"}}
text/plain (us; plain=yes); charset=us-ascii -> {"value":"text/plain (us","params":{"plain":"yes)","charset":"us-ascii"}}
text/plain; charset=iso-8859-1 (Western) -> {"value":"text/plain","params":{"charset":"iso-8859-1 (Western)"}}
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
