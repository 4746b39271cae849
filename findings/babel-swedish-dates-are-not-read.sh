#!/usr/bin/env bash
# Babel 2.10.3-1 (Python): parse_date cannot read 2026-11-02 in Swedish, reads 13/11/2026 in American, and 1.5 and 1234.5 in German are 15 and 12345.
#
# Guess: a date as the language itself writes it is read, one that cannot be is an error; a point in the wrong place in a number is an error.
# Seen:  only the order of day, month and year of the medium format counts, which in Swedish has the day first; where the month is above 12 the two change
# places without a word. Group separators are dropped wherever they stand, unless strict=True; a plain blank in a French number is an error.
# Hurts: Swedish due dates are refused, and amounts typed with a point are ten or a hundred times as large.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-babel >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3-babel=2.10.3-1 python-babel-localedata python3-tz tzdata >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=root/usr/lib/python3/dist-packages

cat >try.py <<'CODE'
from babel.dates import parse_date
from babel.numbers import parse_decimal
def seen(read, text, locale, **options):
    try: result = read(text, locale=locale, **options)
    except Exception as error: result = type(error).__name__ + ': ' + str(error)
    print(read.__name__, locale, ascii(text), *options, '->', result)
for text, locale in [('2026-11-02', 'sv'), ('2026-11-12', 'sv'), ('26-11-02', 'sv'), ('02.11.2026', 'de'), ('2.11.', 'de'), ('11/13/2026', 'en_US'), ('13/11/2026', 'en_US')]: seen(parse_date, text, locale)
for text, locale in [('1.234,50', 'de'), ('1.5', 'de'), ('1234.5', 'de'), ('1 234,5', 'fr')]: seen(parse_decimal, text, locale)
seen(parse_decimal, '1.5', 'de', strict=True)
CODE

cat >expected <<'SEEN'
parse_date sv '2026-11-02' -> ValueError: day is out of range for month
parse_date sv '2026-11-12' -> ValueError: day is out of range for month
parse_date sv '26-11-02' -> 2002-11-26
parse_date de '02.11.2026' -> 2026-11-02
parse_date de '2.11.' -> IndexError: list index out of range
parse_date en_US '11/13/2026' -> 2026-11-13
parse_date en_US '13/11/2026' -> 2026-11-13
parse_decimal de '1.234,50' -> 1234.50
parse_decimal de '1.5' -> 15
parse_decimal de '1234.5' -> 12345
parse_decimal fr '1 234,5' -> NumberFormatError: '1 234,5' is not a valid decimal number
parse_decimal de '1.5' strict -> NumberFormatError: '1.5' is not a properly formatted decimal number. Did you mean '15'? Or maybe '1,5'?
SEEN
python3 try.py | tee seen
diff expected seen && echo 'as described'
