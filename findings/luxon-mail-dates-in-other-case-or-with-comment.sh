#!/usr/bin/env bash
# luxon 3.7.2: fromRFC2822 refuses valid dates in lower case, without a blank after the comma, or with nested comments.
#
# Guess: names of days and months count in any case (RFC 5234), the blank after the comma is optional, comments may be
# nested and may stand anywhere (RFC 5322 sections 3.2.2 and 3.3).
# Seen:  all four are invalid; new Date() of Node 20 reads them.
# Hurts: Windows writes "+0100 (Mitteleuropäische Zeit (Winter))" and the like: the email has no date.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts luxon@3.7.2

cat >try.mjs <<'JS'
import { DateTime } from 'luxon';
const dates = ['Fri, 21 Nov 1997 09:55:06 +0100 (CET)', 'fri, 21 nov 1997 09:55:06 +0100', 'Fri,21 Nov 1997 09:55:06 +0100',
  'Fri (today), 21 Nov 1997 09:55:06 +0100', 'Fri, 21 Nov 1997 09:55:06 +0100 (Mitteleuropäische Zeit (Winter))'];
for (const date of dates)
  console.log(date, '| luxon', DateTime.fromRFC2822(date).isValid ? 'valid' : 'invalid', '| Date', new Date(date).toISOString());
JS

cat >expected <<'SEEN'
Fri, 21 Nov 1997 09:55:06 +0100 (CET) | luxon valid | Date 1997-11-21T08:55:06.000Z
fri, 21 nov 1997 09:55:06 +0100 | luxon invalid | Date 1997-11-21T08:55:06.000Z
Fri,21 Nov 1997 09:55:06 +0100 | luxon invalid | Date 1997-11-21T08:55:06.000Z
Fri (today), 21 Nov 1997 09:55:06 +0100 | luxon invalid | Date 1997-11-21T08:55:06.000Z
Fri, 21 Nov 1997 09:55:06 +0100 (Mitteleuropäische Zeit (Winter)) | luxon invalid | Date 1997-11-21T08:55:06.000Z
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
