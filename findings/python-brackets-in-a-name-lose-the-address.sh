#!/usr/bin/env bash
# Python 3.11 (email.policy.default): "Anna Berg [Ltd] <anna@example.com>" has the address "Anna Berg" in quotes, and "a@example.com; b@example.com" one
# address.
#
# Guess: brackets ought to be in quotes, but the address in the angle brackets is the address; what stands unencoded in UTF-8 is read as in the subject.
# Seen:  after what it cannot read, the parser drops the rest of that entry, and makes of the words before it a local part without a domain; no error, only a
# defect. Names in plain UTF-8 are half surrogates, which no database takes, where the subject is right. email.utils.getaddresses answers with nothing, or
# with half of it.
# Hurts: letters of companies that write their name in brackets have no sender to answer, and those with ü in the name are not stored.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3.11-minimal >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3.11-minimal libpython3.11-minimal libpython3.11-stdlib >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONHOME=$work/root/usr

cat >try.py <<'CODE'
from email import message_from_bytes, policy
from email.utils import getaddresses
for sender in ['Anna Berg <anna@example.com>', 'Anna Berg [Ltd] <anna@example.com>', 'Müller & Co <anna@example.com>', 'a@example.com; b@example.com', 'anna@example.com (Anna Berg)', 'Anna Berg, Ltd <anna@example.com>']:
    letter = message_from_bytes(f'From: {sender}\nSubject: {sender}\n\nHello\n'.encode(), policy=policy.default)
    print(ascii(sender), '->', ascii([(one.display_name, one.addr_spec) for one in letter['from'].addresses]), 'defects', len(letter['from'].defects), '| getaddresses', ascii(getaddresses([sender])))
letter = message_from_bytes('Subject: Grüße\n\nHello\n'.encode(), policy=policy.default)
print('subject', ascii(letter['subject']))
CODE

cat >expected <<'SEEN'
'Anna Berg <anna@example.com>' -> [('Anna Berg', 'anna@example.com')] defects 0 | getaddresses [('Anna Berg', 'anna@example.com')]
'Anna Berg [Ltd] <anna@example.com>' -> [('', '"Anna Berg"')] defects 7 | getaddresses [('', '')]
'M\xfcller & Co <anna@example.com>' -> [('M\udcc3\udcbcller & Co', 'anna@example.com')] defects 1 | getaddresses [('M\xfcller & Co', 'anna@example.com')]
'a@example.com; b@example.com' -> [('', 'a@example.com')] defects 2 | getaddresses [('', '')]
'anna@example.com (Anna Berg)' -> [('', 'anna@example.com')] defects 0 | getaddresses [('Anna Berg', 'anna@example.com')]
'Anna Berg, Ltd <anna@example.com>' -> [('', '"Anna Berg"'), ('Ltd', 'anna@example.com')] defects 3 | getaddresses [('', 'Anna'), ('Ltd', 'anna@example.com')]
subject 'Gr\xfc\xdfe'
SEEN
LD_LIBRARY_PATH=$(echo root/usr/lib/*-linux-gnu) root/usr/bin/python3.11 try.py | tee seen
diff expected seen && echo 'as described'
