#!/usr/bin/env bash
# ical-expander 3.2.0: a daily series of some years ago has no appointments this week, one with RDATE lacks its first, and
# neighbours overlap.
#
# Guess: between() finds what lies between two moments, however long ago a series began; RDATE adds to the start; an event that ends
# when the span begins is outside.
# Seen:  after 1000 appointments it stops without a word, counted from the start of the series (a higher maxIterations helps); only
# the RDATE is listed; events that touch the span are found.
# Hurts: the calendar of an agent with an old standing meeting looks free, and back-to-back meetings look like conflicts.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ical-expander@3.2.0

cat >try.mjs <<'JS'
process.env.TZ = 'UTC';
const { default: IcalExpander } = await import('ical-expander');
const found = (from, to, options, ...lines) => {
  const { events, occurrences } = new IcalExpander({ ics: ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y', 'BEGIN:VEVENT', 'UID:1@x.example', 'DTSTAMP:20260301T000000Z', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n'), ...options }).between(new Date(from), new Date(to));
  return [...events.map(({ startDate }) => 'event ' + startDate), ...occurrences.map(({ startDate }) => 'occurrence ' + startDate)].join(', ') || 'nothing';
};
const old = ['DTSTART:20200101T100000Z', 'DTEND:20200101T110000Z', 'RRULE:FREQ=DAILY'];
console.log('daily since 2020             ', found('2026-07-03T00:00:00Z', '2026-07-04T00:00:00Z', {}, ...old));
console.log('the same, maxIterations 10000', found('2026-07-03T00:00:00Z', '2026-07-04T00:00:00Z', { maxIterations: 10000 }, ...old));
console.log('start and RDATE              ', found('2026-07-01T00:00:00Z', '2026-08-01T00:00:00Z', {}, 'DTSTART:20260703T100000Z', 'DTEND:20260703T110000Z', 'RDATE:20260710T100000Z'));
console.log('ends when the span begins    ', found('2026-07-03T11:00:00Z', '2026-07-03T12:00:00Z', {}, 'DTSTART:20260703T100000Z', 'DTEND:20260703T110000Z'));
console.log('begins when the span ends    ', found('2026-07-03T09:00:00Z', '2026-07-03T10:00:00Z', {}, 'DTSTART:20260703T100000Z', 'DTEND:20260703T110000Z'));
JS

cat >expected <<'SEEN'
daily since 2020              nothing
the same, maxIterations 10000 occurrence 2026-07-03T10:00:00Z
start and RDATE               occurrence 2026-07-10T10:00:00Z
ends when the span begins     event 2026-07-03T10:00:00Z
begins when the span ends     event 2026-07-03T10:00:00Z
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
