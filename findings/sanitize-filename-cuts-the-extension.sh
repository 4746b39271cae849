#!/usr/bin/env bash
# sanitize-filename 1.6.4: a long name loses its extension, and a name of a Windows device the whole name.
#
# Guess: the name is shortened before its extension; con.txt becomes con_.txt or the like.
# Seen:  it is cut at 255 octets wherever that is; con.txt and "..." become an empty string, which the caller must fill. filenamify
# 7.0.3 keeps the extension, but counts letters (100 by default).
# Hurts: attached files with long subjects as names open with no program; files without a name overwrite each other.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts sanitize-filename@1.6.4 filenamify@7.0.3

cat >try.mjs <<'JS'
import sanitize from 'sanitize-filename';
import filenamify from 'filenamify';
for (const name of ['a'.repeat(300) + '.pdf', 'ü'.repeat(150) + '.pdf', 'con.txt', '...', 'Re: Invoice?.pdf', 'invoice.pdf ']) {
  const shown = (made) => (made.length > 30 ? made.length + ' letters, ' + Buffer.byteLength(made) + ' octets, ends in ' + JSON.stringify(made.slice(-5)) : JSON.stringify(made));
  console.log(shown(name), '-> sanitize-filename', shown(sanitize(name)), '| filenamify', shown(filenamify(name)));
}
JS

cat >expected <<'SEEN'
304 letters, 304 octets, ends in "a.pdf" -> sanitize-filename 255 letters, 255 octets, ends in "aaaaa" | filenamify 100 letters, 100 octets, ends in "a.pdf"
154 letters, 304 octets, ends in "ü.pdf" -> sanitize-filename 127 letters, 254 octets, ends in "üüüüü" | filenamify 100 letters, 196 octets, ends in "ü.pdf"
"con.txt" -> sanitize-filename "" | filenamify "con!.txt"
"..." -> sanitize-filename "" | filenamify "!"
"Re: Invoice?.pdf" -> sanitize-filename "Re Invoice.pdf" | filenamify "Re! Invoice!.pdf"
"invoice.pdf " -> sanitize-filename "invoice.pdf" | filenamify "invoice.pdf"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
