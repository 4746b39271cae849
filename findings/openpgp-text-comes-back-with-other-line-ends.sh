#!/usr/bin/env bash
# openpgp 6.3.2: a decrypted text has LF line ends whatever it had, and a signed one no blanks at the ends of its lines.
#
# Guess: what is decrypted is what was encrypted, octet for octet; the signed text that is shown is the text that was given.
# Seen:  CRLF becomes LF with the default format, in decrypted and in signed texts; in the latter "-- " becomes "--", the mark of a
# signature no more. With the format "binary" the CRLF is there again.
# Hurts: a decrypted MIME part has another hash and size than the sent one, signatures inside it fail, and reply parsers do not find
# the signature mark.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts openpgp@6.3.2

cat >try.mjs <<'JS'
import * as openpgp from 'openpgp';
const { privateKey, publicKey } = await openpgp.generateKey({ userIDs: [{ name: 'Anna', email: 'anna@example.com' }], format: 'object' });
const text = 'Hello  \r\n-- \r\nAnna\r\n';
const turned = async (message, format) => {
  const armored = await openpgp.encrypt({ message: await openpgp.createMessage(message), encryptionKeys: publicKey });
  const { data } = await openpgp.decrypt({ message: await openpgp.readMessage({ armoredMessage: armored }), decryptionKeys: privateKey, format });
  return JSON.stringify(typeof data === 'string' ? data : Buffer.from(data).toString());
};
console.log('given           ', JSON.stringify(text));
console.log('as text         ', await turned({ text }, 'utf8'));
console.log('as text, binary ', await turned({ text }, 'binary'));
console.log('as binary       ', await turned({ binary: new TextEncoder().encode(text) }, 'binary'));
const signed = await openpgp.sign({ message: await openpgp.createCleartextMessage({ text }), signingKeys: privateKey });
console.log('clear, signed   ', JSON.stringify((await openpgp.readCleartextMessage({ cleartextMessage: signed })).getText()));
JS

cat >expected <<'SEEN'
given            "Hello  \r\n-- \r\nAnna\r\n"
as text          "Hello  \n-- \nAnna\n"
as text, binary  "Hello  \r\n-- \r\nAnna\r\n"
as binary        "Hello  \r\n-- \r\nAnna\r\n"
clear, signed    "Hello\n--\nAnna\n"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
