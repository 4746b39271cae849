#!/usr/bin/env bash
# node-forge 1.4.3: a signature is made with SHA-1 unless the digest is named, and of a signed message that is read the signers are not told.
#
# Guess: SHA-256 is the default, as in openssl cms -sign; signers holds who signed, with the attributes.
# Seen:  sha1; the list of signers is empty, only certificates are there; a message that carries an EC certificate is an error as a whole. This script
# needs the program openssl (3).
# Hurts: programs of today show the signature of the desk as invalid; who signed a letter that came in cannot be said.
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

const signed = forge.pkcs7.createSignedData();
signed.content = forge.util.createBuffer('Hello');
signed.addCertificate(certificate);
signed.addSigner({ key, certificate });
signed.sign();
writeFileSync('signed.der', forge.asn1.toDer(signed.toAsn1()).getBytes(), 'binary');
console.log('digest of node-forge:', /digestAlgorithms:\s+algorithm: (\S+)/.exec(openssl('cms -cmsout -print -in signed.der -inform DER'))[1]);
writeFileSync('letter', 'Hello');
for (const name of ['anna', 'bob']) {
  openssl(`cms -sign -nodetach -in letter -outform DER -out ${name}.der -signer ${name}.crt -inkey ${name}.key`);
  console.log('signed by', name + ', digest of openssl:', /digestAlgorithms:\s+algorithm: (\S+)/.exec(openssl(`cms -cmsout -print -in ${name}.der -inform DER`))[1] + ';', said(() => { const message = read(name + '.der'); return 'certificates ' + message.certificates.length + ', signers ' + message.signers.length; }));
}
JS

cat >expected <<'SEEN'
digest of node-forge: sha1
signed by anna, digest of openssl: sha256; certificates 1, signers 0
signed by bob, digest of openssl: sha256; error: Cannot read public key. OID is not RSA.
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
