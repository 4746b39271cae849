#!/usr/bin/env bash
# ics 3.12.0: long lines are folded after 75 letters, not after 75 octets.
#
# Guess: lines longer than 75 octets are folded (RFC 5545 section 3.1).
# Seen:  a line of 60 "ü" stays one line of 132 octets; ical-generator 10.2.0 folds by octets.
# Hurts: strict readers cut or refuse invitations in languages with letters beyond ASCII, the more so in Thai or Japanese, with three octets a letter.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ics@3.12.0 ical-generator@10.2.0

cat >try.mjs <<'JS'
import { createEvent } from 'ics';
import ical from 'ical-generator';
const longest = (source) => Math.max(...source.split('\r\n').map((line) => Buffer.byteLength(line)));
const description = 'ü'.repeat(60);
console.log('ics           ', longest(createEvent({ start: [2026, 3, 3, 10, 0], duration: { hours: 1 }, title: 'x', description }).value));
const calendar = ical();
calendar.createEvent({ start: new Date(Date.UTC(2026, 2, 3, 10)), summary: 'x', description });
console.log('ical-generator', longest(calendar.toString()));
JS

cat >expected <<'SEEN'
ics            132
ical-generator 74
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
