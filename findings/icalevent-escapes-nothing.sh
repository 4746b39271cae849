#!/usr/bin/env bash
# icalevent 0.3.2: a line break in a title ends the line, commas are not escaped, and DTSTAMP is a time without a zone.
#
# Guess: commas and line breaks in texts get a backslash, long lines are folded, DTSTAMP is in UTC with a Z (RFC 5545 sections 3.1, 3.3.11 and
# 3.8.7.2).
# Seen:  nothing is escaped or folded; DTSTAMP has the hour of the option offset and no Z, so that it is floating.
# Hurts: the calendar refuses the file for the line without a name; of two updates the older one may count, since their stamps are hours off.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts icalevent@0.3.2

cat >try.mjs <<'JS'
import icalevent from 'icalevent';
const Event = icalevent.default ?? icalevent;
const event = new Event({ uid: '1', offset: -120, start: '2026-07-01T08:00:00Z', end: '2026-07-01T09:00:00Z', timezone: 'Europe/Berlin', summary: 'Visit, first\nplease knock', description: 'x'.repeat(90), location: 'Main Street 1; Berlin' });
for (const line of event.toFile().split('\r\n')) if (!/^(BEGIN|END|VERSION|PRODID|UID)/.test(line)) console.log(line.replace(/^DTSTAMP:\d{8}T\d{6}/, 'DTSTAMP:(now)'));
JS

cat >expected <<'SEEN'
DTSTAMP:(now)
DTSTART;TZID=Europe/Berlin:20260701T100000
DTEND;TZID=Europe/Berlin:20260701T110000
SUMMARY:Visit, first
please knock
DESCRIPTION:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
LOCATION:Main Street 1; Berlin

SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
