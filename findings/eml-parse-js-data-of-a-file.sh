#!/usr/bin/env bash
# eml-parse-js 1.1.15: "data" of an attachment holds the octets of its base64 letters, not of the file.
#
# Guess: data is the decoded file, data64 the same in base64.
# Seen:  data is a Uint8Array with the letters "JVBERg==", where the file is "%PDF".
# Hurts: whoever stores data stores files that no program opens; nothing says so, the size is just a third larger.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts eml-parse-js@1.1.15

cat >try.mjs <<'JS'
import eml from 'eml-parse-js';
const source = ['From: a@example.com', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: text/plain', '', 'Hello', '--x', 'Content-Type: application/pdf; name=a.pdf', 'Content-Disposition: attachment; filename=a.pdf', 'Content-Transfer-Encoding: base64', '', 'JVBERg==', '--x--', ''].join('\r\n');
const [file] = eml.readEml(source).attachments;
console.log(file.name, file.data.constructor.name, JSON.stringify(Buffer.from(file.data).toString()), file.data64);
JS

cat >expected <<'SEEN'
a.pdf Uint8Array "JVBERg==" JVBERg==
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
