#!/usr/bin/env bash
# Mailman 3.3.8: a list with a prefix sends a subject in plain UTF-8 on as charset "unknown-8bit", and does not see its own prefix in an encoded word.
#
# Guess: bytes that are UTF-8 are sent on as UTF-8 (or as they came); the prefix is found in what the subject says, encoded or not.
# Seen:  an encoded word with the charset unknown-8bit, which hardly any program reads; an unknown charset is an exception, with which the letter is set
# aside; where plain and encoded pieces stand side by side, only the first is looked at, so that "[Desk] Re: [Desk]" grows.
# Hurts: letters of shops and machines reach a helpdesk behind a list with question marks for a subject, and rules for subjects do not find them.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs root
apt-cache show mailman3 >/dev/null 2>&1 || apt-get update -qq
(cd debs && apt-get download -qq -o APT::Sandbox::User=root mailman3=3.3.8-2~deb12u2 python3-certifi python3-flufl.i18n python3-public python3-zope.interface >/dev/null)
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=root/usr/lib/python3/dist-packages

cat >try.py <<'CODE'
from email import message_from_bytes
from types import SimpleNamespace
from mailman.handlers.subject_prefix import SubjectPrefix
desk = SimpleNamespace(subject_prefix='[Desk] ', preferred_language=SimpleNamespace(code='en', charset='us-ascii'), post_id=1)
for subject in ['Re: [Desk] Offer', 'AW: [Desk] Offer', '=?utf-8?q?Gr=C3=BC=C3=9Fe?=', 'Re: =?utf-8?q?=5BDesk=5D_Gr=C3=BC=C3=9Fe?=', 'Antwort: [Desk] Offer', 'Grüße', '=?x-none?q?Offer?=']:
    letter = message_from_bytes(f'Subject: {subject}\n\nHello\n'.encode())
    try: SubjectPrefix().process(desk, letter, {}); seen = letter['subject'].encode()
    except Exception as error: seen = type(error).__name__ + ': ' + str(error)
    print(ascii(subject), '->', seen)
CODE

cat >expected <<'SEEN'
'Re: [Desk] Offer' -> [Desk] Re: Offer
'AW: [Desk] Offer' -> [Desk] Re: Offer
'=?utf-8?q?Gr=C3=BC=C3=9Fe?=' -> [Desk] =?utf-8?b?R3LDvMOfZQ==?=
'Re: =?utf-8?q?=5BDesk=5D_Gr=C3=BC=C3=9Fe?=' -> [Desk]  Re: =?utf-8?b?W0Rlc2tdIEdyw7zDn2U=?=
'Antwort: [Desk] Offer' -> [Desk] Antwort: Offer
'Gr\xfc\xdfe' -> [Desk] =?unknown-8bit?b?IEdyw7zDn2U=?=
'=?x-none?q?Offer?=' -> LookupError: unknown encoding: x-none
SEEN
python3 try.py | tee seen
diff expected seen && echo 'as described'
