#!/usr/bin/env bash
# @iarna/rtf-to-html 1.1.0: each letter in Unicode has a question mark, or itself, behind it.
#
# Guess: \u223? is ß alone: the sign behind \u is for readers that know no Unicode, and \ucN says how many they are (RTF 1.9.1, Unicode RTF).
# Seen:  "Grüß?e", "––" and "日“ú": what stands in for the letter is shown beside it, whatever \ucN says. Only with \uc0 the words are right.
# Hurts: bodies in RTF, as Outlook and Word write them into winmail.dat and files, show wrong names of all who are not English.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @iarna/rtf-to-html@1.1.0

cat >try.cjs <<'JS'
const { fromString } = require('@iarna/rtf-to-html');
const cases = {
  'one sign': "Gr\\'fc\\u223?e",
  'the letter itself': "a \\u8211\\'96 b",
  'none (uc0)': '\\uc0 \\u321 \\u243 d',
  'two (uc2)': "\\uc2 \\u26085\\'93\\'fa.",
  'windows-1252 alone': "Gr\\'fc\\'dfe",
};
for (const [name, words] of Object.entries(cases))
  fromString(`{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0 ${words}\\par}`, (error, html) =>
    console.log(`${name}:`, error ? error.message : JSON.stringify(/<p>([^]*?)<\/p>/.exec(html)?.[1])));
JS

cat >expected <<'SEEN'
one sign: "Grüß?e"
the letter itself: "a –– b"
none (uc0): "Łód"
two (uc2): "日“ú."
windows-1252 alone: "Grüße"
SEEN
node try.cjs 2>&1 | tee seen
diff expected seen && echo 'as described'
