#!/usr/bin/env bash
# ical-js-parser 0.7.4: of two excepted dates in one line the second is in UTC, and of two lines of categories only the last is left.
#
# Guess: EXDATE;TZID=Europe/Berlin:20260702T100000,20260703T100000 are two dates in Berlin (RFC 5545 section 3.8.5.1); CATEGORIES may come more than
# once (section 3.8.1.2).
# Seen:  the second date gets a Z; written again it is an exception of no appointment. An alarm is written behind the end of its event, with lines ":"
# and "E:EN".
# Hurts: a cancelled meeting takes place; other programs refuse the file.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ical-js-parser@0.7.4

cat >try.mjs <<'JS'
import parser from 'ical-js-parser';
const { toJSON, toString } = parser.default ?? parser;
const calendar = (...lines) => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260101T000000Z', 'DTSTART;TZID=Europe/Berlin:20260701T100000', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
const read = (...lines) => toJSON(calendar(...lines)).events[0];
console.log(JSON.stringify(read('EXDATE;TZID=Europe/Berlin:20260702T100000,20260703T100000').exdate));
console.log(JSON.stringify(read('CATEGORIES:sales', 'CATEGORIES:support').categories));
console.log(toString(toJSON(calendar('SUMMARY:x', 'BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT15M', 'END:VALARM'))).split('\n').slice(7).join(' | '));
JS

cat >expected <<'SEEN'
[{"value":"20260702T100000","timezone":"Europe/Berlin"},{"value":"20260703T100000Z"}]
"support"
SUMMARY:x | : | END:VEVENT | E:EN | BEGIN:VALARM | ACTION:DISPLAY | TRIGGER:-PT15M | END:VALARM | END:VCALENDAR
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
