#!/usr/bin/env bash
# phonenumbers 8.12.57 (Python): in a German letter the date 02.11.2026 is the telephone number +49 211 2026, and a number behind a date is not found.
#
# Guess: the matcher knows dates (it has a pattern for them) and leaves them out; each number of a text is found.
# Seen:  dates with slashes are left out, with dots or hyphens only where no number fits; 04.11. to 09.11. and so on are numbers of towns. A date with
# hyphens in front of a number takes it away.
# Hurts: panels show a link to call the due date, contacts get numbers of strangers, and the right number in the signature is missed.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-phonenumbers >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3-phonenumbers=8.12.57-4 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=root/usr/lib/python3/dist-packages

cat >try.py <<'CODE'
from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, format_number
for text in ['call 030 1234567', 'on 02.11.2026', 'on 02.04.2026', 'on 2.11.2026', 'on 02/11/2026', 'on 2026-11-02', 'from 06.11.2026 to 09.11.2026', '02.11.2026, 030 1234567', '2026-11-02 030 1234567 and 0171 1234567', 'invoice 12345678', 'order 030123456']:
    print(text, '->', ', '.join(f'{one.raw_string} is {format_number(one.number, PhoneNumberFormat.INTERNATIONAL)}' for one in PhoneNumberMatcher(text, 'DE')) or 'none')
CODE

cat >expected <<'SEEN'
call 030 1234567 -> 030 1234567 is +49 30 1234567
on 02.11.2026 -> 02.11.2026 is +49 211 2026
on 02.04.2026 -> 02.04.2026 is +49 2042 026
on 2.11.2026 -> none
on 02/11/2026 -> none
on 2026-11-02 -> none
from 06.11.2026 to 09.11.2026 -> 06.11.2026 is +49 611 2026, 09.11.2026 is +49 911 2026
02.11.2026, 030 1234567 -> 02.11.2026 is +49 211 2026, 030 1234567 is +49 30 1234567
2026-11-02 030 1234567 and 0171 1234567 -> 0171 1234567 is +49 171 1234567
invoice 12345678 -> none
order 030123456 -> 030123456 is +49 30 123456
SEEN
python3 try.py | tee seen
diff expected seen && echo 'as described'
