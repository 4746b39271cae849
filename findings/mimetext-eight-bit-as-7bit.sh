#!/usr/bin/env bash
# mimetext 3.0.28: text with umlauts is sent as "7bit", file names as raw octets, and a long subject as one encoded word of any length.
#
# Guess: the encoding follows the text (quoted-printable or base64), file names are encoded (RFC 2231), words have 75 characters at most (RFC 2047 section 2).
# Seen:  all three are written as they are; ASCII subjects, on the other hand, are always base64.
# Hurts: strict servers refuse the answer, old ones cut the eighth bit, and filters see a base64 subject as a sign of spam.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mimetext@3.0.28

cat >try.mjs <<'JS'
import { createMimeMessage } from 'mimetext';
const message = createMimeMessage();
message.setSender({ name: 'Desk', addr: 'desk@example.com' });
message.setRecipient('anna@example.com');
message.setSubject('Grüße '.repeat(20).trim());
message.addMessage({ contentType: 'text/plain', data: 'Grüße' });
message.addAttachment({ filename: 'Übersicht.pdf', contentType: 'application/pdf', data: 'JVBERg==' });
const lines = message.asRaw().split('\n').map((line) => line.trim());
console.log(lines.filter((line) => /^Content-(Transfer|Disposition)|^Grüße/.test(line)).join('\n'));
console.log('the longest word of the subject has', Math.max(...lines.find((line) => line.startsWith('Subject:')).slice(9).split(' ').map((word) => word.length)), 'characters');
const plain = createMimeMessage();
plain.setSender('desk@example.com');
plain.setRecipient('anna@example.com');
plain.setSubject('Hello');
plain.addMessage({ contentType: 'text/plain', data: 'x' });
console.log(plain.asRaw().split('\n').find((line) => line.startsWith('Subject:')).trim());
JS

cat >expected <<'SEEN'
Content-Transfer-Encoding: 7bit
Grüße
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="Übersicht.pdf"
the longest word of the subject has 224 characters
Subject: =?utf-8?B?SGVsbG8=?=
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
