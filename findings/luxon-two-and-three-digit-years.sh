#!/usr/bin/env bash
# luxon 3.7.2: fromRFC2822 puts the two-digit years 50 to 60 and all three-digit years into the wrong century.
#
# Guess: RFC 5322 section 4.3: 00 to 49 are 20xx, 50 to 99 are 19xx, and 1900 is added to three digits (a fault of
# the year 2000 that many mailers had: 101 stands for 2001).
# Seen:  50 becomes 2050, and 097 and 101 are years of the first and second century, without an error.
# Hurts: an archive that is imported sorts old emails into the future or before all others.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts luxon@3.7.2

cat >try.mjs <<'JS'
import { DateTime } from 'luxon';
for (const date of ['21 Nov 49 09:55:06 +0000', '21 Nov 50 09:55:06 +0000', '21 Nov 97 09:55:06 +0000', '21 Nov 097 09:55:06 +0000', '21 Nov 101 09:55:06 +0000'])
  console.log(date, '->', DateTime.fromRFC2822(date, { zone: 'utc' }).toISO());
JS

cat >expected <<'SEEN'
21 Nov 49 09:55:06 +0000 -> 2049-11-21T09:55:06.000Z
21 Nov 50 09:55:06 +0000 -> 2050-11-21T09:55:06.000Z
21 Nov 97 09:55:06 +0000 -> 1997-11-21T09:55:06.000Z
21 Nov 097 09:55:06 +0000 -> 0097-11-21T09:55:06.000Z
21 Nov 101 09:55:06 +0000 -> 0101-11-21T09:55:06.000Z
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
