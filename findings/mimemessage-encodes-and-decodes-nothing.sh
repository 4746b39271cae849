#!/usr/bin/env bash
# mimemessage 1.0.5: contentTransferEncoding is only written down; bodies are neither encoded nor decoded.
#
# Guess: factory() with contentTransferEncoding base64 encodes the body, and parse() gives it back decoded in its charset.
# Seen:  the body stands raw under "base64" or "quoted-printable", and a parsed one still holds "B=E4r"; encoded words stay too.
# Hurts: the receiver decodes what was never encoded: the answer is rubbish or empty.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mimemessage@1.0.5

cat >try.mjs <<'JS'
import mimemessage from 'mimemessage';
console.log(JSON.stringify(mimemessage.factory({ contentType: 'text/plain; charset=utf-8', contentTransferEncoding: 'base64', body: 'Hello' }).toString()));
console.log(JSON.stringify(mimemessage.factory({ contentType: 'text/plain; charset=utf-8', contentTransferEncoding: 'quoted-printable', body: '1 = 1' }).toString()));
const entity = mimemessage.parse('Subject: =?utf-8?Q?=C3=A4?=\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nB=E4r');
console.log(JSON.stringify([entity.header('subject'), entity.body]));
JS

cat >expected <<'SEEN'
"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nHello"
"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n1 = 1"
["=?utf-8?Q?=C3=A4?=","B=E4r"]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
