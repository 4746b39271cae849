#!/usr/bin/env bash
# vobject 0.9.6.1 (Python, Debian 12): a time in datetime.timezone.utc cannot be written, one in Berlin is written as CET with its changes an hour late.
#
# Guess: the first is 20260701T100000Z; the second has TZID=Europe/Berlin and a definition in which the clocks go back at 03:00 (RFC 5545 section 3.6.5);
# a zone with a name of Windows is found, or refused.
# Seen:  "Unable to guess TZID for tzinfo UTC", though UTC of dateutil is written with Z; the zone is called CET and changes at 04:00 and 03:00 instead of 03:00 and
# 02:00; a time in "W. Europe Standard Time" is read as one without a zone.
# Hurts: what the standard library calls UTC is refused when the invitation is sent; a zone that is not defined beside its time becomes that of the server.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-vobject >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3-vobject=0.9.6.1-2 python3-dateutil python3-six python3-tz tzdata >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=$work/root/usr/lib/python3/dist-packages PYTHONTZPATH=$work/root/usr/share/zoneinfo TZ=UTC

cat >try.py <<'CODE'
import datetime, logging, zoneinfo
import dateutil.tz, vobject
logging.disable(logging.CRITICAL)
def write(zone):
    calendar = vobject.iCalendar()
    event = calendar.add('vevent')
    event.add('uid').value = '1'
    event.add('dtstart').value = datetime.datetime(2026, 7, 1, 10, tzinfo=zone)
    try:
        return [line for line in calendar.serialize().splitlines() if line.startswith(('DTSTART', 'TZID', 'TZOFFSETTO'))]
    except Exception as error:
        return [f'{type(error).__name__}: {error}']
for name, zone in (('datetime.timezone.utc', datetime.timezone.utc), ('UTC of zoneinfo', zoneinfo.ZoneInfo('UTC')), ('UTC of dateutil', dateutil.tz.UTC), ('Berlin of zoneinfo', zoneinfo.ZoneInfo('Europe/Berlin'))):
    print(name, *write(zone), sep='\n  ')
for zone in ('Europe/Berlin', 'W. Europe Standard Time'):
    start = vobject.readOne(f'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID={zone}:20260701T100000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n').vevent.dtstart.value
    print('read', zone, '->', start.isoformat())
CODE

cat >expected <<'SEEN'
datetime.timezone.utc
  VObjectError: 'Unable to guess TZID for tzinfo UTC'
UTC of zoneinfo
  DTSTART:20260701T100000Z
UTC of dateutil
  DTSTART:20260701T100000Z
Berlin of zoneinfo
  TZID:CET
  DTSTART:20001029T040000
  TZOFFSETTO:+0100
  DTSTART:20000326T030000
  TZOFFSETTO:+0200
  DTSTART;TZID=CET:20260701T100000
read Europe/Berlin -> 2026-07-01T10:00:00+02:00
read W. Europe Standard Time -> 2026-07-01T10:00:00
SEEN
python3 try.py | tee seen
diff expected seen && echo 'as described'
