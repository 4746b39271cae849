#!/usr/bin/env bash
# croniter 1.3.5 (Python, Debian 12): in the night when clocks go forward get_next() gives the same moment again and again, and in autumn a plan for nine runs at ten.
#
# Guess: each get_next() is later than the one before; a plan in the missing hour runs right after it; 09:00 is nine on the clock of the zone.
# Seen:  with a zone of dateutil "30 2 * * *" is 01:30 of the same day for ever, and "0 * * * *" stays at 01:00; with zoneinfo it is 02:30, a time that does not exist. After the night of
# autumn the first "0 9 * * *" is 10:00 with either.
# Hurts: a loop that makes the plan of a week does not end, or a report is sent many times in one hour; once a year the morning's report comes an hour late.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-croniter >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3 python3-minimal python3.11-minimal libpython3.11-stdlib tzdata python3-croniter=1.3.5-3 python3-dateutil python3-six >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=$work/root/usr/lib/python3/dist-packages PYTHONTZPATH=$work/root/usr/share/zoneinfo TZDIR=$work/root/usr/share/zoneinfo

cat >try.py <<'PY'
from datetime import datetime
from zoneinfo import ZoneInfo
from croniter import croniter
from dateutil.tz import gettz
for name, zone in (("dateutil", gettz("Europe/Berlin")), ("zoneinfo", ZoneInfo("Europe/Berlin"))):
    for plan, start in (("30 2 * * *", datetime(2026, 3, 28, 12)), ("0 * * * *", datetime(2026, 3, 29, 0)), ("0 9 * * *", datetime(2026, 10, 24, 12))):
        runs = croniter(plan, start.replace(tzinfo=zone))
        print(f"{name}: {plan}:", ", ".join(runs.get_next(datetime).strftime("%d.%m. %H:%M%z") for _ in range(4)))
PY

cat >expected <<'SEEN'
dateutil: 30 2 * * *: 29.03. 01:30+0100, 29.03. 01:30+0100, 29.03. 01:30+0100, 29.03. 01:30+0100
dateutil: 0 * * * *: 29.03. 01:00+0100, 29.03. 01:00+0100, 29.03. 01:00+0100, 29.03. 01:00+0100
dateutil: 0 9 * * *: 25.10. 10:00+0100, 26.10. 09:00+0100, 27.10. 09:00+0100, 28.10. 09:00+0100
zoneinfo: 30 2 * * *: 29.03. 02:30+0100, 30.03. 02:30+0200, 31.03. 02:30+0200, 01.04. 02:30+0200
zoneinfo: 0 * * * *: 29.03. 01:00+0100, 29.03. 03:00+0200, 29.03. 04:00+0200, 29.03. 05:00+0200
zoneinfo: 0 9 * * *: 25.10. 10:00+0100, 26.10. 09:00+0100, 27.10. 09:00+0100, 28.10. 09:00+0100
SEEN
"$work/root/usr/bin/python3.11" try.py | tee seen
diff expected seen && echo 'as described'
