#!/usr/bin/env bash
# mailparser 3.14.2: a comment between two message ids of References becomes a message id.
#
# Guess: comments are skipped (RFC 5322 section 3.6.4: msg-id = [CFWS] "<" … ">" [CFWS]).
# Seen:  references holds three ids, the middle one "<(was)>". postal-mime 4.0.0 hands the field on as it stands.
# Hurts: a program that takes the one before the last as the parent joins nothing, or the wrong thread.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2 postal-mime@4.0.0

cat >try.mjs <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
const source = 'From: a@example.com\r\nReferences: <one@example.com>\r\n\t(was) <two@example.com>\r\n\r\nHi\r\n';
console.log('mailparser ', JSON.stringify((await simpleParser(source)).references));
console.log('postal-mime', JSON.stringify((await PostalMime.parse(source)).references));
JS

cat >expected <<'SEEN'
mailparser  ["<one@example.com>","<(was)>","<two@example.com>"]
postal-mime "<one@example.com>\t(was) <two@example.com>"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
