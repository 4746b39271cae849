#!/usr/bin/env bash
# mailparser 3.14.2 and postal-mime 4.0.0: of a letter in base64 to which a list added its footer as it is, the end is rubbish; Buffer of Node loses all behind the first "=".
#
# Guess: = ends the data (RFC 4648 section 3.3; RFC 2045 section 6.8: "=" tells that the end has been reached), what follows is dropped or shown as it is; letters
# that stand in pieces, each with its own "=", are joined, by all or by none.
# Seen:  both mail readers read the footer's letters as base64 and skip its other signs, so "Unsubscribe" becomes octets; pieces are joined. Buffer.from stops at the
# first "=": half of a letter in pieces is gone without a word; atob refuses both.
# Hurts: the last lines of letters from lists and through virus scanners are signs that nobody can read; a file in pieces is cut.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund mailparser@3.14.2 postal-mime@4.0.0

cat >try.mjs <<'CODE'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
const show = (octets) => JSON.stringify(Buffer.from(octets).toString('latin1')).replace(/[^\x20-\x7e]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
const attempt = (work) => { try { return show(Buffer.from(work(), 'latin1')); } catch (error) { return error.name; } };
for (const [name, data] of Object.entries({
  'one piece': 'SGVsbG8gQW5uYSw=\r\n', 'two pieces': 'SGVsbG8gQW5uYSw=\r\nR3JlZXRpbmdz\r\n', 'a footer': 'SGVsbG8gQW5uYSw=\r\n_______\r\nUnsubscribe here\r\n', 'a signature': 'SGVsbG8gQW5uYSw=\r\n-- \r\nDesk list\r\n',
})) {
  const letter = `Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: base64\r\n\r\n${data}`;
  console.log(name, '\n  mailparser ', show(Buffer.from((await simpleParser(letter)).text, 'latin1')), '\n  postal-mime', show(Buffer.from((await PostalMime.parse(letter)).text, 'latin1')), '\n  Buffer.from', show(Buffer.from(data, 'base64')), '\n  atob       ', attempt(() => atob(data)));
}
CODE

cat >expected <<'SEEN'
one piece 
  mailparser  "Hello Anna," 
  postal-mime "Hello Anna," 
  Buffer.from "Hello Anna," 
  atob        "Hello Anna,"
two pieces 
  mailparser  "Hello Anna,Greetings" 
  postal-mime "Hello Anna,Greetings" 
  Buffer.from "Hello Anna," 
  atob        InvalidCharacterError
a footer 
  mailparser  "Hello Anna,R{.n\xc7+0\xb7\xa1z\xb7" 
  postal-mime "Hello Anna,R{.n\xc7+\x89\xb7\xa1z\xb7" 
  Buffer.from "Hello Anna," 
  atob        InvalidCharacterError
a signature 
  mailparser  "Hello Anna,\r\xeb$\u0013+-" 
  postal-mime "Hello Anna,\r\xeb$\x96+-" 
  Buffer.from "Hello Anna," 
  atob        InvalidCharacterError
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
