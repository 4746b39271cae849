#!/usr/bin/env bash
# parsedatetime 2.6 (Python): "the sun is out" is Sunday, ticket 1234 is half past twelve, and "at 9" is nothing.
#
# Guess: a sentence without a date gives the status 0; "monday" and "next monday" have one time of day; 2 Nov, two days after it, is the 2nd of this month.
# Seen:  abbreviated days and months count in the midst of a sentence, four digits are a time, dates without a year are always ahead (a year nearly), and
# dates with dots have the month first. "next monday" is at 9:00 and "monday" at the present time.
# Hurts: reminders are made of letters that ask for none, and "your mail of 2 Nov" is next year's.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-parsedatetime >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3-parsedatetime=2.6-3 python3-future python3 python3-minimal python3.11-minimal libpython3.11-stdlib >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=$work/root/usr/lib/python3/dist-packages TZ=UTC

cat >try.py <<'CODE'
import datetime, warnings
warnings.simplefilter('ignore')
import parsedatetime
calendar = parsedatetime.Calendar()
for text in ['Can you help me', 'the sun is out', 'we sat on it', 'I may come', 'ticket 1234', 'at 9', 'at 9am', 'monday', 'next monday', '2 Nov', '2.11.2026', '2026-11-02']:
    date, status = calendar.parseDT(text, sourceTime=datetime.datetime(2026, 11, 4, 10))
    print(text, '->', date.strftime('%a %Y-%m-%d %H:%M') if status else 'nothing')
CODE

cat >expected <<'SEEN'
Can you help me -> nothing
the sun is out -> Sun 2026-11-08 10:00
we sat on it -> Sat 2026-11-07 10:00
I may come -> Sat 2027-05-01 10:00
ticket 1234 -> Wed 2026-11-04 12:34
at 9 -> nothing
at 9am -> Wed 2026-11-04 09:00
monday -> Mon 2026-11-09 10:00
next monday -> Mon 2026-11-09 09:00
2 Nov -> Tue 2027-11-02 10:00
2.11.2026 -> Wed 2026-02-11 10:00
2026-11-02 -> Mon 2026-11-02 10:00
SEEN
/usr/bin/python3.11 try.py | tee seen
diff expected seen && echo 'as described'
