#!/usr/bin/env bash
# rrule-temporal 2.2.8: a daily series at 02:30 has no appointment on the day when clocks go forward.
#
# Guess: the instance is there, at 03:30: RFC 5545 section 3.3.10 ends with saying that such a local time is read like a single
# date-time (section 3.3.5), and calendars of Google and Outlook show it.
# Seen:  it is left out and not counted, so that COUNT gives one more day at the end: another sentence of the same section has
# nonexistent local times ignored. ical.js counts the day. A series each hour is as expected.
# Hurts: the calendar of the sender has an appointment that ours does not, and a series with COUNT ends on another day.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts rrule-temporal@2.2.8 ical.js@2.2.1

cat >try.mjs <<'JS'
import { RRuleTemporal } from 'rrule-temporal';
import ICAL from 'ical.js';
const text = 'DTSTART;TZID=Europe/Berlin:20260328T023000\nRRULE:FREQ=DAILY;COUNT=3';
console.log('rrule-temporal', new RRuleTemporal({ rruleString: text }).all().map((date) => date.toString().slice(0, 22)).join(' '));
const next = ICAL.Recur.fromString('FREQ=DAILY;COUNT=3').iterator(ICAL.Time.fromDateTimeString('2026-03-28T02:30:00'));
console.log('ical.js       ', Array.from({ length: 3 }, () => String(next.next())).join(' '), '(local)');
console.log('each hour     ', new RRuleTemporal({ rruleString: 'DTSTART;TZID=Europe/Berlin:20260329T010000\nRRULE:FREQ=HOURLY;COUNT=3' }).all().map((date) => date.toString().slice(0, 22)).join(' '));
JS

cat >expected <<'SEEN'
rrule-temporal 2026-03-28T02:30:00+01 2026-03-30T02:30:00+02 2026-03-31T02:30:00+02
ical.js        2026-03-28T02:30:00 2026-03-29T02:30:00 2026-03-30T02:30:00 (local)
each hour      2026-03-29T01:00:00+01 2026-03-29T03:00:00+02 2026-03-29T04:00:00+02
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
