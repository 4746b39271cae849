#!/usr/bin/env bash
# eml-format 0.6.1: the second encoded word of a subject is dropped, names keep "_" for a blank, and the last boundary becomes text.
#
# Guess: encoded words are joined, "_" is a blank (RFC 2047 section 4.2), and "--boundary--" ends the last part.
# Seen:  "Grü" instead of "Grüße", "Anna_Bär", and the HTML ends in "--x--". postal-mime 4.0.0 reads all three.
# Hurts: subjects end in the midst of a word, and each HTML email shows a line of rubbish.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts eml-format@0.6.1 postal-mime@4.0.0

cat >try.mjs <<'JS'
import emlFormat from 'eml-format';
import PostalMime from 'postal-mime';
const source = ['From: =?utf-8?Q?Anna_B=C3=A4r?= <a@example.com>', 'Subject: =?utf-8?Q?Gr=C3=BC?=', ' =?utf-8?Q?=C3=9Fe?=', 'MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary="x"', '', '--x', 'Content-Type: text/plain', '', 'Hello', '--x', 'Content-Type: text/html', '', '<p>Hello</p>', '--x--', ''].join('\r\n');
const one = await new Promise((resolve, reject) => emlFormat.read(source, (error, data) => (error ? reject(error) : resolve(data))));
const two = await PostalMime.parse(source);
console.log('eml-format ', JSON.stringify([one.from.name, one.subject, one.text, one.html]));
console.log('postal-mime', JSON.stringify([two.from.name, two.subject, two.text, two.html]));
JS

cat >expected <<'SEEN'
eml-format  ["Anna_Bär","Grü","Hello","<p>Hello</p>\r\n--x--\r\n"]
postal-mime ["Anna Bär","Grüße","Hello\n","<p>Hello</p>\n"]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
