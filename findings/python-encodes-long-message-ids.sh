#!/usr/bin/env bash
# Python 3.11 (Debian 12): In-Reply-To and References with a message id of Outlook are written as encoded words, which no program reads as ids.
#
# Guess: the fields are folded at blanks, and an id that is longer than a line stays whole (RFC 5322 section 2.1.1: lines up to 998; RFC 2047 section
# 5: no encoded word in a message id).
# Seen:  an id of more than 77 letters becomes =?utf-8?q?=3C…=3E?= in the bytes of EmailMessage. Message-ID itself is left alone. The policy with
# max_line_length=998 leaves all as they are.
# Hurts: the answer of the desk begins a new conversation at the customer, and his next letter a new ticket.
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
root=$work/root/usr
python() { PYTHONHOME=$root LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu) "$root/bin/python3.11" -I "$@"; }

cat >try.py <<'CODE'
from email.message import EmailMessage
from email import policy
short = '<a.1@example.com>'
long = '<AM0PR04MB1234567890ABCDEF1234567890ABCDEF@AM0PR04MB12345.prod01.mail.example.com>'
for name in ['Message-ID', 'In-Reply-To', 'References']:
    message = EmailMessage()
    message[name] = short + ' ' + long if name == 'References' else long
    print(message.as_bytes().decode().strip())
message = EmailMessage(policy=policy.default.clone(max_line_length=998))
message['In-Reply-To'] = long
print('998:', message.as_bytes().decode().strip())
CODE

cat >expected <<'SEEN'
Message-ID: <AM0PR04MB1234567890ABCDEF1234567890ABCDEF@AM0PR04MB12345.prod01.mail.example.com>
In-Reply-To: =?utf-8?q?=3CAM0PR04MB1234567890ABCDEF1234567890ABCDEF=40AM0PR0?=
 =?utf-8?q?4MB12345=2Eprod01=2Email=2Eexample=2Ecom=3E?=
References: <a.1@example.com> =?utf-8?q?=3CAM0PR04MB1234567890ABCDEF12345678?=
 =?utf-8?q?90ABCDEF=40AM0PR04MB12345=2Eprod01=2Email=2Eexample=2Ecom=3E?=
998: In-Reply-To: <AM0PR04MB1234567890ABCDEF1234567890ABCDEF@AM0PR04MB12345.prod01.mail.example.com>
SEEN
python try.py | tee seen
diff expected seen && echo 'as described'
