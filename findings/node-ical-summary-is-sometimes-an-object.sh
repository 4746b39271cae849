#!/usr/bin/env bash
# node-ical 0.26.1: the summary is a string, an object or a list, by what the sender wrote.
#
# Guess: summary is a string; a LANGUAGE parameter is dropped or kept beside it.
# Seen:  "SUMMARY;LANGUAGE=de:…", which Outlook always writes, gives { params, val }; two SUMMARY lines give an array.
# Hurts: "[object Object]" as the subject of every invitation from Outlook.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-ical@0.26.1

cat >try.mjs <<'JS'
import nodeIcal from 'node-ical';
const summary = (...lines) => {
  const source = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:1@x.example', 'DTSTART:20260303T100000Z', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
  return JSON.stringify(Object.values(nodeIcal.sync.parseICS(source)).find(({ type }) => type === 'VEVENT').summary);
};
console.log(summary('SUMMARY:Lunch'), summary('SUMMARY;LANGUAGE=de:Essen'), summary('SUMMARY:one', 'SUMMARY:two'));
JS

cat >expected <<'SEEN'
"Lunch" {"params":{"LANGUAGE":"de"},"val":"Essen"} ["one","two"]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
