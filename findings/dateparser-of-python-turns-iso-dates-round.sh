#!/usr/bin/env bash
# dateparser 1.1.6 (Python): in German 2026-02-11 is the 2nd of November, and "tomorrow at 9" is tomorrow at whatever time it is now.
#
# Guess: ISO dates are the same in all languages; "2 weeks" and "monday" lie ahead or are refused; a word that is not understood gives None.
# Seen:  the order of day and month of the language is used for ISO dates too. "2 weeks" and "monday" lie behind, "next monday" is None, and of a German
# sentence with weekday, day, month and hour the year is 2010.
# Hurts: due dates that customers write come out months, or years, off, with no error.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-dateparser >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3-dateparser=1.1.6-1 python3-dateutil python3-regex python3-tz python3-tzlocal python3-six python3-pytz-deprecation-shim tzdata python3 python3-minimal python3.11-minimal libpython3.11-stdlib >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=$work/root/usr/lib/python3/dist-packages TZ=UTC

cat >try.py <<'CODE'
import datetime, warnings
warnings.simplefilter('ignore')
import dateparser
from dateparser.search import search_dates
settings = {'RELATIVE_BASE': datetime.datetime(2026, 11, 4, 10)}
for text, language in [('2026-02-11', 'en'), ('2026-02-11', 'de'), ('2026-02-11', 'fr'), ('11.2.2026', 'de'), ('tomorrow at 9', 'en'), ('tomorrow 9am', 'en'), ('2 weeks', 'en'), ('in 2 weeks', 'en'), ('monday', 'en'), ('next monday', 'en')]:
    print(language, text, '->', dateparser.parse(text, languages=[language], settings=settings))
text = 'Ich komme am Mittwoch, 4. November, um 10 Uhr'
print('de', text, '->', [(words, str(date)) for words, date in search_dates(text, languages=['de'], settings=settings)])
CODE

cat >expected <<'SEEN'
en 2026-02-11 -> 2026-02-11 00:00:00
de 2026-02-11 -> 2026-11-02 00:00:00
fr 2026-02-11 -> 2026-11-02 00:00:00
de 11.2.2026 -> 2026-02-11 00:00:00
en tomorrow at 9 -> 2026-11-05 10:00:00
en tomorrow 9am -> 2026-11-05 09:00:00
en 2 weeks -> 2026-10-21 10:00:00
en in 2 weeks -> 2026-11-18 10:00:00
en monday -> 2026-11-02 00:00:00
en next monday -> None
de Ich komme am Mittwoch, 4. November, um 10 Uhr -> [('am Mittwoch, 4. November, um 10 Uhr', '2010-11-04 00:00:00')]
SEEN
/usr/bin/python3.11 try.py | tee seen
diff expected seen && echo 'as described'
