#!/usr/bin/env bash
# emailjs-mime-codec 2.0.9: a long row of emoji in a base64 encoded word comes back with two replacement characters.
#
# Guess: words are cut between characters (RFC 2047 section 5), so that decoding gives the text back.
# Seen:  it cuts between the two halves of a surrogate pair and writes U+FFFD into both words; libmime 5.6.4 gives the text back.
# Hurts: subjects with emoji arrive damaged, but only when they are long.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts emailjs-mime-codec@2.0.9 libmime@5.6.4

cat >try.mjs <<'JS'
import codec from 'emailjs-mime-codec';
import libmime from 'libmime';
const text = '😀'.repeat(20);
const libraries = [['emailjs', { encode: codec.mimeWordsEncode, decode: codec.mimeWordsDecode }],
  ['libmime', { encode: (t, how) => libmime.encodeWords(t, how, 52), decode: (t) => libmime.decodeWords(t) }]];
for (const [name, library] of libraries)
  for (const how of ['Q', 'B']) {
    const back = library.decode(library.encode(text, how));
    console.log(name, how, back === text ? 'the same text' : [...back].filter((c) => c === '\ufffd').length + ' replacement characters');
  }
JS

cat >expected <<'SEEN'
emailjs Q the same text
emailjs B 2 replacement characters
libmime Q the same text
libmime B the same text
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
