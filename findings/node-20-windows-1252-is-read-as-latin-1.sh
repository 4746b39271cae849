#!/usr/bin/env bash
# Node 20 (seen in 20.20.2): TextDecoder reads windows-1252 as plain Latin-1 unless it is asked to stream, and postal-mime 4.0.0 with it.
#
# Guess: the octets 80, 93, 94 and 96 are € “ ” – (WHATWG Encoding Standard), in each call of decode().
# Seen:  they become invisible control characters; with { stream: true }, and in windows-1250, they are right. mailparser 3.14.2
# reads the same email rightly.
# Hurts: most German and French emails of old Outlook lose euro signs, dashes and quotes where postal-mime runs in Node 20.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts postal-mime@4.0.0 mailparser@3.14.2

cat >try.mjs <<'JS'
import PostalMime from 'postal-mime';
import { simpleParser } from 'mailparser';
const octets = Uint8Array.of(0x80, 0x93, 0x94, 0x96);
const visible = (text) => JSON.stringify(text).replace(/[\x80-\x9f]/g, (c) => '\\u00' + c.charCodeAt(0).toString(16));
console.log('windows-1252            ', visible(new TextDecoder('windows-1252').decode(octets)));
console.log('windows-1252 as a stream', visible(new TextDecoder('windows-1252').decode(octets, { stream: true })));
console.log('windows-1250            ', visible(new TextDecoder('windows-1250').decode(octets)));
const source = Buffer.concat([Buffer.from('From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: 8bit\r\n\r\n5 '), octets, Buffer.from('\r\n')]);
console.log('postal-mime', visible((await PostalMime.parse(source)).text));
console.log('mailparser ', visible((await simpleParser(source)).text));
JS

cat >expected <<'SEEN'
windows-1252             "\u0080\u0093\u0094\u0096"
windows-1252 as a stream "€“”–"
windows-1250             "€“”–"
postal-mime "5 \u0080\u0093\u0094\u0096\n"
mailparser  "5 €“”–\n"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
