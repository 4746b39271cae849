#!/usr/bin/env bash
# dateutil 2.8.2 (Python): "10:00 GMT+0100" is eleven o'clock in UTC, two hours off, 26-11-02 is a day in 2002, and of "2 lamps on 3 December 2026" the date is in 2002, too.
#
# Guess: GMT+0100, as JavaScript and many programs of mail write it, is +01:00; 26-11-02 has the year first like 2026-11-02; fuzzy=True takes the date that
# stands written out; EST, which RFC 5322 section 4.3 defines, is -0500; 2 Nov 69 is in the past.
# Seen:  the sign is turned round with letters before it, also for UTC+2; the first number of a text is a part of the date; names of zones are dropped without
# a sign of it; 10.30 is a tenth, and 1.5 a first, of the month that it is.
# Hurts: mails are sorted hours away from when they came; reminders are set for days that nobody named.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-dateutil >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3-dateutil=2.8.2-2 python3-six >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=$work/root/usr/lib/python3/dist-packages TZ=UTC PYTHONWARNINGS=ignore

cat >try.py <<'CODE'
import datetime, dateutil
from dateutil import parser
print('dateutil', dateutil.__version__)
today = datetime.datetime(2026, 11, 5)
for text in [
    'Mon, 2 Nov 2026 10:00:00 +0100', 'Mon, 2 Nov 2026 10:00:00 GMT+0100', '2 Nov 2026 10:00 UTC+2', '2 Nov 2026 10:00 EST', '2 Nov 2026 10:00 CEST', '2 Nov 69 10:00',
    '2026-11-02', '26-11-02', '2.11.2026', '13.11.2026', '10:30', '10.30', '1.5', '2 Nov 2026 24:00',
]:
    try: print(text, '->', parser.parse(text, default=today))
    except parser.ParserError as error: print(text, '-> error:', error)
for text in ['2 lamps on 3 December 2026', 'Ticket 1042 of Monday', 'A lamp for 20 Euro', 'I sat down', 'We may come on 2 November', 'version 1.2.3']:
    try: print('fuzzy:', text, '->', parser.parse(text, default=today, fuzzy=True))
    except parser.ParserError as error: print('fuzzy:', text, '-> error:', error)
CODE

cat >expected <<'SEEN'
dateutil 2.8.2
Mon, 2 Nov 2026 10:00:00 +0100 -> 2026-11-02 10:00:00+01:00
Mon, 2 Nov 2026 10:00:00 GMT+0100 -> 2026-11-02 10:00:00-01:00
2 Nov 2026 10:00 UTC+2 -> 2026-11-02 10:00:00-02:00
2 Nov 2026 10:00 EST -> 2026-11-02 10:00:00
2 Nov 2026 10:00 CEST -> 2026-11-02 10:00:00
2 Nov 69 10:00 -> 2069-11-02 10:00:00
2026-11-02 -> 2026-11-02 00:00:00
26-11-02 -> 2002-11-26 00:00:00
2.11.2026 -> 2026-02-11 00:00:00
13.11.2026 -> 2026-11-13 00:00:00
10:30 -> 2026-11-05 10:30:00
10.30 -> 2026-11-10 00:00:00
1.5 -> 2026-11-01 00:00:00
2 Nov 2026 24:00 -> error: hour must be in 0..23: 2 Nov 2026 24:00
fuzzy: 2 lamps on 3 December 2026 -> 2002-12-03 20:26:00
fuzzy: Ticket 1042 of Monday -> 1042-11-07 00:00:00
fuzzy: A lamp for 20 Euro -> 2026-11-20 00:00:00
fuzzy: I sat down -> 2026-11-07 00:00:00
fuzzy: We may come on 2 November -> error: Unknown string format: We may come on 2 November
fuzzy: version 1.2.3 -> 2003-01-02 00:00:00
SEEN
python3 try.py | tee seen
diff expected seen && echo 'as described'
