#!/usr/bin/env bash
# node-forge 1.4.3: a letter encrypted for two people cannot be opened by either when one of them has an EC key.
#
# Guess: each reads the entry of his own (RFC 5652 section 6.2); kinds of entries that the library does not know are passed over.
# Seen:  "ASN.1 object is not an PKCS#7 RecipientInfo" for the whole letter. The same holds for entries that name the key by its identifier (openssl
# -keyid). This script needs the program openssl (3).
# Hurts: the desk cannot read a letter that went to it and to a colleague whose certificate is of the newer kind.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-forge@1.4.3

cat >try.mjs <<'JS'
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import forge from 'node-forge';
const openssl = (line) => execFileSync('openssl', line.split(' '), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
for (const [name, kind] of [['anna', 'rsa:2048'], ['bob', 'ec -pkeyopt ec_paramgen_curve:P-256']]) openssl(`req -x509 -newkey ${kind} -nodes -keyout ${name}.key -out ${name}.crt -days 9 -subj /CN=${name}`);
const certificate = forge.pki.certificateFromPem(readFileSync('anna.crt', 'utf8'));
const key = forge.pki.privateKeyFromPem(readFileSync('anna.key', 'utf8'));
const read = (file) => forge.pkcs7.messageFromAsn1(forge.asn1.fromDer(readFileSync(file, 'binary')));
const said = (run) => { try { return run(); } catch (error) { return 'error: ' + error.message; } };

writeFileSync('letter', 'Hello');
for (const [name, line] of [['anna', 'cms -encrypt -aes256 -in letter -outform DER -out out.der anna.crt'], ['anna and bob (EC)', 'cms -encrypt -aes256 -in letter -outform DER -out out.der anna.crt bob.crt'], ['anna by key identifier', 'cms -encrypt -keyid -aes256 -in letter -outform DER -out out.der anna.crt']]) {
  openssl(line);
  console.log(name + ':', said(() => { const message = read('out.der'); message.decrypt(message.findRecipient(certificate), key); return message.content.data.trim(); }), '| openssl:', openssl('cms -decrypt -in out.der -inform DER -recip anna.crt -inkey anna.key').trim());
}
JS

cat >expected <<'SEEN'
anna: Hello | openssl: Hello
anna and bob (EC): error: Cannot read PKCS#7 RecipientInfo. ASN.1 object is not an PKCS#7 RecipientInfo. | openssl: Hello
anna by key identifier: error: Cannot read PKCS#7 RecipientInfo. ASN.1 object is not an PKCS#7 RecipientInfo. | openssl: Hello
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
