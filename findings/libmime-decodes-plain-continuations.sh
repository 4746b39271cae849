#!/usr/bin/env bash
# libmime 5.6.4 (in mailparser 3.14.2): of a parameter in pieces also those are percent-decoded that are not marked so.
#
# Guess: only the pieces whose name ends in * are encoded (RFC 2231 section 4.1); in others %20 stands for itself.
# Seen:  "b%20c.txt" of a plain piece becomes "b c.txt"; postal-mime 4.0.0 keeps it.
# Hurts: file names with a percent sign, as browsers make them when they save, come out changed: links to them break.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts libmime@5.6.4 mailparser@3.14.2 postal-mime@4.0.0

cat >try.mjs <<'JS'
import libmime from 'libmime';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
const disposition = "attachment; filename*0*=utf-8''%C3%A4; filename*1=\"b%20c.txt\"";
const source = ['From: a@example.com', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: application/pdf',
  'Content-Disposition: ' + disposition, '', 'x', '--x--', ''].join('\r\n');
console.log('libmime    ', libmime.parseHeaderValue(disposition).params.filename);
console.log('mailparser ', (await simpleParser(source)).attachments[0].filename);
console.log('postal-mime', (await PostalMime.parse(source)).attachments[0].filename);
JS

cat >expected <<'SEEN'
libmime     äb c.txt
mailparser  äb c.txt
postal-mime äb%20c.txt
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
