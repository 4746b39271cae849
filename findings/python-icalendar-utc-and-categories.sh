#!/usr/bin/env bash
# icalendar 4.0.3 (Python): a time in UTC is written with TZID=UTC and a Z, and a category with a comma becomes two when a calendar is read and written.
#
# Guess: DTSTART:20260701T080000Z, since TZID must not stand beside a Z (RFC 5545 section 3.2.19); what was read is written as it was.
# Seen:  DTSTART;TZID=UTC;VALUE=DATE-TIME:20260701T080000Z, and no VTIMEZONE for UTC; A\,B,C comes back as A,B,C.
# Hurts: Outlook refuses the appointment; categories fall into pieces.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-icalendar >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3-icalendar=4.0.3-5 python3 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done

cat >try.py <<'CODE'
import datetime
from icalendar import Calendar, Event
event = Event()
event.add('dtstart', datetime.datetime(2026, 7, 1, 8, tzinfo=datetime.timezone.utc))
event.add('categories', ['A,B', 'C'])
print('\n'.join(event.to_ical().decode().splitlines()[1:-1]))
text = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nCATEGORIES:A\\,B,C\r\nSUMMARY:a\\, b\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
print([line for line in Calendar.from_ical(text).to_ical().decode().splitlines() if line.startswith(('CATEGORIES', 'SUMMARY'))])
CODE

cat >expected <<'SEEN'
DTSTART;TZID=UTC;VALUE=DATE-TIME:20260701T080000Z
CATEGORIES:A\,B,C
['SUMMARY:a\\, b', 'CATEGORIES:A,B,C']
SEEN
PYTHONPATH=root/usr/lib/python3/dist-packages python3 try.py | tee seen
diff expected seen && echo 'as described'
