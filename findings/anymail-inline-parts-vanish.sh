#!/usr/bin/env bash
# django-anymail 9.0 (Debian 12): a picture or a text file that is sent inline without a Content-ID is nowhere, and so is the text below it.
#
# Guess: text is all text of the letter; what is no text of the letter is in attachments, or in inline_attachments.
# Seen:  text is the first part; inline_attachments holds what has a Content-ID, attachments what is marked as an attachment; the rest is in neither.
# Hurts: the photos of an iPhone and the words below them do not reach the desk, and nothing tells.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-django-anymail >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3-django-anymail=9.0-1 python3-django python3-asgiref python3-sqlparse python3-tz python3-requests python3-urllib3 python3-idna python3-certifi python3-chardet >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=$work/root/usr/lib/python3/dist-packages

cat >try.py <<'CODE'
import django
from django.conf import settings
settings.configure()
django.setup()
from anymail.inbound import AnymailInboundMessage
def part(kind, disposition, words, more=''): return f'--b\nContent-Type: {kind}\n' + (f'Content-Disposition: {disposition}\n' if disposition else '') + more + f'\n{words}\n'
mail = AnymailInboundMessage.parse_raw_mime('From: anna@example.com\nContent-Type: multipart/mixed; boundary=b\n\n' + part('text/plain', '', 'Look:') + part('image/png; name=a.png', 'inline; filename=a.png', 'x') + part('image/png; name=b.png', 'inline; filename=b.png', 'x', 'Content-ID: <b>\n')
  + part('text/plain', '', 'Please send me a new one.') + part('text/plain; name=c.txt', 'inline; filename=c.txt', 'x') + part('application/pdf', 'attachment; filename=d.pdf', 'x') + part('application/pdf; name=e.pdf', '', 'x') + '--b--\n')
print('text:', repr(mail.text))
print('attachments:', [one.get_filename() for one in mail.attachments])
print('inline:', [one.get_filename() for one in mail.inline_attachments.values()])
CODE

cat >expected <<'SEEN'
text: 'Look:'
attachments: ['d.pdf']
inline: ['b.png']
SEEN
python3 try.py | tee seen
diff expected seen && echo 'as described'
