#!/usr/bin/env bash
# quoted-printable 1.0.1: line ends are encoded, so that a text becomes one paragraph of =0D=0A, and of blanks at a line's end one is taken away.
#
# Guess: encode leaves line ends as they are (RFC 2045 section 6.7, rule 4: in text they must be line breaks); decode drops all blanks that a line
# without "=" ends with (rule 3).
# Seen:  "one\r\ntwo" is "one=0D=0Atwo"; from "one  \r\ntwo" a blank stays.
# Hurts: mail servers and scanners see one line, and signatures over a text that was made canonical by others fail.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts quoted-printable@1.0.1

cat >try.cjs <<'JS'
const { encode, decode } = require('quoted-printable');
for (const text of ['one\r\ntwo', 'one\ntwo', 'a=b', 'end ']) console.log('encode', JSON.stringify(text), '->', JSON.stringify(encode(text)));
for (const text of ['one \r\ntwo', 'one  \r\ntwo', 'one=\r\ntwo', '=e9']) console.log('decode', JSON.stringify(text), '->', JSON.stringify(decode(text)));
JS

cat >expected <<'SEEN'
encode "one\r\ntwo" -> "one=0D=0Atwo"
encode "one\ntwo" -> "one=0Atwo"
encode "a=b" -> "a=3Db"
encode "end " -> "end=20"
decode "one \r\ntwo" -> "one\r\ntwo"
decode "one  \r\ntwo" -> "one \r\ntwo"
decode "one=\r\ntwo" -> "onetwo"
decode "=e9" -> "é"
SEEN
node try.cjs | tee seen
diff expected seen && echo 'as described'
