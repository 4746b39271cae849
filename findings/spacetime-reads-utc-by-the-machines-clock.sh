#!/usr/bin/env bash
# spacetime 7.15.0: on a machine in Berlin, moments in UTC of the nights when clocks change are read an hour off; a missing hour
# goes back to 01:30.
#
# Guess: a text with Z is one moment everywhere; 02:30 of the night in March is 03:30, as in most calendars.
# Seen:  2026-10-25T01:30:00Z has the epoch of 00:30, and 2026-03-29T01:00:00Z that of 02:00, unless the process runs in UTC; a
# number of milliseconds is read right.
# Hurts: a developer in Berlin sees what the server in UTC never shows: the times of emails of two nights move, and a stored one is
# wrong by an hour.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts spacetime@7.15.0

cat >try.mjs <<'JS'
process.env.TZ = 'Europe/Berlin';
const { default: spacetime } = await import('spacetime');
const iso = (one) => new Date(one.epoch).toISOString();
for (const moment of ['2026-03-29T00:30:00Z', '2026-03-29T01:00:00Z', '2026-10-24T23:30:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T02:30:00Z'])
  console.log(moment, 'text:', iso(spacetime(moment)), 'milliseconds:', iso(spacetime(Date.parse(moment))), 'in Berlin:', spacetime(moment).goto('Europe/Berlin').iso());
console.log('local 02:30 in spring', spacetime('2026-03-29T02:30:00', 'Europe/Berlin').iso());
console.log('one day after 02:30  ', spacetime('2026-03-28T02:30:00', 'Europe/Berlin').add(1, 'day').iso());
JS

cat >expected <<'SEEN'
2026-03-29T00:30:00Z text: 2026-03-29T00:30:00.000Z milliseconds: 2026-03-29T00:30:00.000Z in Berlin: 2026-03-29T01:30:00.000+01:00
2026-03-29T01:00:00Z text: 2026-03-29T02:00:00.000Z milliseconds: 2026-03-29T01:00:00.000Z in Berlin: 2026-03-29T04:00:00.000+02:00
2026-10-24T23:30:00Z text: 2026-10-24T23:30:00.000Z milliseconds: 2026-10-24T23:30:00.000Z in Berlin: 2026-10-25T01:30:00.000+02:00
2026-10-25T00:30:00Z text: 2026-10-25T00:30:00.000Z milliseconds: 2026-10-25T00:30:00.000Z in Berlin: 2026-10-25T02:30:00.000+02:00
2026-10-25T01:30:00Z text: 2026-10-25T00:30:00.000Z milliseconds: 2026-10-25T01:30:00.000Z in Berlin: 2026-10-25T02:30:00.000+02:00
2026-10-25T02:30:00Z text: 2026-10-25T02:30:00.000Z milliseconds: 2026-10-25T02:30:00.000Z in Berlin: 2026-10-25T03:30:00.000+01:00
local 02:30 in spring 2026-03-29T01:30:00.000+01:00
one day after 02:30   2026-03-29T01:30:00.000+01:00
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
