#!/usr/bin/env bash
# Django 3.2 (django.core.mail, Debian 12): a To or Reply-To given in headers is written twice, and an address with an umlaut becomes another one.
#
# Guess: headers={'To': …} replaces the field, as its From does (RFC 5322 section 3.6: at most one of each); jörg@grün.example keeps its local part, or is
# refused (RFC 6531).
# Seen:  two fields To, the envelope still the old one; two fields Reply-To; an encoded word inside the address, =?utf-8?b?asO2cmc=?=@xn--grn-ioa.example, which
# RFC 2047 section 5 forbids.
# Hurts: large providers refuse a mail with two To; the answer to Jörg goes to a mailbox that nobody has.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-django >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3-django=3:3.2.25-0+deb12u7 python3-asgiref python3-sqlparse python3-tz >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=$work/root/usr/lib/python3/dist-packages

cat >try.py <<'CODE'
import django
from django.conf import settings
settings.configure()
django.setup()
from django.core.mail import EmailMessage
def show(**options):
    mail = EmailMessage('x', 'Hello', 'desk@example.com', **options)
    fields = [f'{name}: {value}' for name, value in mail.message().items() if name in ('From', 'To', 'Reply-To')]
    print(options, '\n  ', '\n   '.join(fields), '\n   envelope:', mail.recipients())
show(to=['anna@example.com'], headers={'From': 'Bob <bob@example.com>'})
show(to=['anna@example.com'], headers={'To': 'all@example.com'})
show(to=['anna@example.com'], reply_to=['bob@example.com'], headers={'Reply-To': 'desk@example.com'})
show(to=['jörg@grün.example'])
CODE

cat >expected <<'SEEN'
{'to': ['anna@example.com'], 'headers': {'From': 'Bob <bob@example.com>'}} 
   From: Bob <bob@example.com>
   To: anna@example.com 
   envelope: ['anna@example.com']
{'to': ['anna@example.com'], 'headers': {'To': 'all@example.com'}} 
   From: desk@example.com
   To: all@example.com
   To: all@example.com 
   envelope: ['anna@example.com']
{'to': ['anna@example.com'], 'reply_to': ['bob@example.com'], 'headers': {'Reply-To': 'desk@example.com'}} 
   From: desk@example.com
   To: anna@example.com
   Reply-To: desk@example.com
   Reply-To: desk@example.com 
   envelope: ['anna@example.com']
{'to': ['jörg@grün.example']} 
   From: desk@example.com
   To: =?utf-8?b?asO2cmc=?=@xn--grn-ioa.example 
   envelope: ['jörg@grün.example']
SEEN
python3 try.py | tee seen
diff expected seen && echo 'as described'
