#!/usr/bin/env bash
# holidays 0.10.1 (Python, Debian 12): '3.10.2026' is no holiday in Germany, each Sunday is one in Sweden, and the UK has those of Scotland and Northern Ireland, too.
#
# Guess: a date written as the country writes it is read so, or refused; holidays are days other than weekends; a country without a region has those of the whole
# country, as Germany has.
# Seen:  a string is read month first: 3.10. is the 10th of March, 13.10. the 13th of October; Sweden has 66 holidays in 2026; 'UK' holds the Battle of the Boyne and
# 2 January; France is an error under FR and is there as FRA.
# Hurts: a desk in London is closed on 2 January; times to answer stop on days that are none, or run on the national holiday.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-holidays >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3-holidays=0.10.1-3 python3-dateutil python3-six python3-convertdate python3-pymeeus >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=$work/root/usr/lib/python3/dist-packages PYTHONIOENCODING=utf-8

cat >try.py <<'CODE'
import holidays
print('holidays', holidays.__version__)
germany = holidays.CountryHoliday('DE', years=2026)
for text in ['2026-10-03', '3.10.2026', '03.10.2026', '1.5.2026', '5.1.2026', '25.12.2026']:
    print(text, '->', germany.get(text))
for code in ['DE', 'SE', 'UK', 'England', 'CH', 'FR', 'FRA']:
    try: days = holidays.CountryHoliday(code, years=2026)
    except KeyError as error: print(code, '-> error:', error); continue
    print(code, '->', len(days), 'days,', sum(day.weekday() == 6 for day in days), 'of them Sundays; 2 January:', days.get('2026-01-02'))
CODE

cat >expected <<'SEEN'
holidays 0.10.1
2026-10-03 -> Tag der Deutschen Einheit
3.10.2026 -> None
03.10.2026 -> None
1.5.2026 -> None
5.1.2026 -> Erster Mai
25.12.2026 -> Erster Weihnachtstag
DE -> 9 days, 0 of them Sundays; 2 January: None
SE -> 66 days, 52 of them Sundays; 2 January: None
UK -> 14 days, 1 of them Sundays; 2 January: New Year Holiday [Scotland]
England -> 9 days, 0 of them Sundays; 2 January: None
CH -> 9 days, 2 of them Sundays; 2 January: None
FR -> error: 'Country FR not available'
FRA -> 11 days, 1 of them Sundays; 2 January: None
SEEN
python3 try.py | tee seen
diff expected seen && echo 'as described'
