#!/usr/bin/env bash
# chrono-node 2.10.3: "you may 3 times", "the sun shines" and "Guten Morgen" are dates.
#
# Guess: a month or a weekday counts with a capital letter or beside words such as on, next, at; a greeting is no time.
# Seen:  may 3, march 5, sun, and in German the Morgen of "Guten Morgen" (the next day) are found; the strict parser still takes
# those beside a number. "morgen um halb 3" loses its hour.
# Hurts: a helper that offers reminders from the text of a letter offers one for nearly each German letter.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts chrono-node@2.10.3

cat >try.mjs <<'JS'
process.env.TZ = 'UTC';
const chrono = await import('chrono-node');
const now = { instant: new Date('2026-11-29T10:00:00Z'), timezone: 'UTC' };
const found = (parser, text) => parser.parse(text, now).map((one) => one.text + ' = ' + one.start.date().toISOString().slice(0, 16)).join('; ') || '-';
for (const text of ['you may 3 times try again', 'the sun shines', 'we march 5 miles', 'sat down', 'in a second', 'room 12 at 7']) console.log(text.padEnd(26), found(chrono, text).padEnd(28), 'strict:', found(chrono.strict, text));
for (const text of ['Guten Morgen, Frau Berg', 'morgen um halb 3', 'Rechnung vom 3. Mai']) console.log(text.padEnd(26), found(chrono.de, text).padEnd(28), 'strict:', found(chrono.de.strict, text));
JS

cat >expected <<'SEEN'
you may 3 times try again  may 3 = 2027-05-03T12:00     strict: may 3 = 2027-05-03T12:00
the sun shines             sun = 2026-11-29T12:00       strict: -
we march 5 miles           march 5 = 2027-03-05T12:00   strict: march 5 = 2027-03-05T12:00
sat down                   sat = 2026-11-28T12:00       strict: -
in a second                in a second = 2026-11-29T10:00 strict: in a second = 2026-11-29T10:00
room 12 at 7               at 7 = 2026-11-29T07:00      strict: at 7 = 2026-11-29T07:00
Guten Morgen, Frau Berg    Morgen = 2026-11-30T10:00    strict: -
morgen um halb 3           morgen = 2026-11-30T10:00    strict: -
Rechnung vom 3. Mai        3. Mai = 2027-05-03T12:00    strict: 3. Mai = 2027-05-03T12:00
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
