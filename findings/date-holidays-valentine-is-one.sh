#!/usr/bin/env bash
# date-holidays 3.37.0: isHoliday() is true on Valentine's day, on Mother's day and on Easter Sunday in Berlin.
#
# Guess: what it calls a holiday is a day off: ten in Berlin.
# Seen:  days of observance count like public ones, unless the types option or the type of each answer is looked at.
# Hurts: clocks of service levels stand still on working days, and the automatic answer says that the desk is closed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts date-holidays@3.37.0

cat >try.mjs <<'JS'
process.env.TZ = 'Europe/Berlin';
const { default: Holidays } = await import('date-holidays');
const all = new Holidays('DE', 'be');
const days = new Holidays('DE', 'be', { types: ['public'] });
for (const day of ['2026-02-14', '2026-04-05', '2026-05-01', '2026-05-10', '2026-06-03']) {
  const noon = new Date(day + 'T11:00:00Z');
  console.log(day, String(Boolean(all.isHoliday(noon))).padEnd(5), 'only public:', String(Boolean(days.isHoliday(noon))).padEnd(5), (all.isHoliday(noon) || []).map(({ name, type }) => name + ' (' + type + ')').join(', '));
}
console.log(all.getHolidays(2026).length, 'days,', days.getHolidays(2026).length, 'of them public');
JS

cat >expected <<'SEEN'
2026-02-14 true  only public: false Valentinstag (observance)
2026-04-05 true  only public: false Ostersonntag (observance)
2026-05-01 true  only public: true  Maifeiertag (public)
2026-05-10 true  only public: false Muttertag (observance)
2026-06-03 false only public: false 
31 days, 10 of them public
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
