#!/usr/bin/env bash
# yup 1.7.1 and 0.32.9 (in Strapi): date() refuses a time in milliseconds, takes 1 for a day in 2001, 20261102 for a date and a 13th month for January.
#
# Guess: a number is milliseconds, as for new Date(); a string is an ISO date or refused; days and months that do not exist are refused.
# Seen:  a number is read as if it were words. What looks like ISO is not checked, but carried over; all else goes to Date.parse, so that "Call 5" is the first of May 2001 and
# 02.11.2026 the eleventh of February.
# Hurts: a webhook's "created": 1793600000000 is refused, a subject is accepted as a due date, and "2026-02-30" is the second of March.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts new@npm:yup@1.7.1 old@npm:yup@0.32.9

cat >try.mjs <<'JS'
const yups = [await import('new'), await import('old')];
for (const value of [1793600000000, 1, 20261102, '2026-02-30', '2026-13-01', '2026-11-02T25:00:00Z', '02.11.2026', 'Call 5', '2026-W45']) {
  const [now, then] = yups.map((yup) => { try { return yup.date().validateSync(value).toISOString(); } catch { return 'refused'; } });
  console.log(JSON.stringify(value).padEnd(22), now, now === then ? '(both)' : then);
}
JS

cat >expected <<'SEEN'
1793600000000          refused (both)
1                      2001-01-01T00:00:00.000Z (both)
20261102               2026-11-02T00:00:00.000Z (both)
"2026-02-30"           2026-03-02T00:00:00.000Z (both)
"2026-13-01"           2027-01-01T00:00:00.000Z (both)
"2026-11-02T25:00:00Z" 2026-11-03T01:00:00.000Z (both)
"02.11.2026"           2026-02-11T00:00:00.000Z (both)
"Call 5"               2001-05-01T00:00:00.000Z (both)
"2026-W45"             refused (both)
SEEN
TZ=UTC node try.mjs | tee seen
diff expected seen && echo 'as described'
