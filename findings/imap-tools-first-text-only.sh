#!/usr/bin/env bash
# imap-tools 0.54.0 (Python): the text below an attachment is neither text nor attachment, and of a charset it does not know all umlauts vanish.
#
# Guess: text is the text parts joined, as with mailparser, or the rest is listed among the attachments; what cannot be decoded gets a replacement
# character.
# Seen:  text is the first part, and what stands behind the picture is nowhere; "Grüße" in an unknown charset is "Gre"; an unreadable date is
# 1 January 1900, a moment that sorts before all others.
# Hurts: Apple Mail writes a letter with a picture in its midst just so; the desk reads half of it and nothing tells.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-imap-tools=0.54.0+dfsg-1 >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3-imap-tools=0.54.0+dfsg-1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=$work/root/usr/lib/python3/dist-packages

cat >try.py <<'CODE'
from imap_tools import MailMessage
def read(octets): return MailMessage.from_bytes(octets.replace(b'\n', b'\r\n'))
letter = b'''From: anna@example.com
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

Look at this:
--b
Content-Type: image/png; name=a.png
Content-Disposition: inline; filename=a.png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--b
Content-Type: text/plain

Can you send me a new one to Berlin?
--b--
'''
mail = read(letter)
print('text:', repr(mail.text), '| HTML:', repr(mail.html), '| attachments:', [one.filename for one in mail.attachments])
print('html below text:', [repr(getattr(read(letter.replace(b'plain\n\nCan', b'html\n\n<p>Can')), name)) for name in ('text', 'html')])
for charset in (b'iso-8859-1', b'x-mac-roman', b'utf-8'):
    print(charset.decode() + ':', repr(read(b'From: a@example.com\nContent-Type: text/plain; charset=' + charset + b'\n\nGr\xfc\xdfe').text))
print(read(b'Date: Montag, 2. November 2026\n\nx').date)
CODE

cat >expected <<'SEEN'
text: 'Look at this:' | HTML: '' | attachments: ['a.png']
html below text: ["'Look at this:'", "'<p>Can you send me a new one to Berlin?'"]
iso-8859-1: 'Grüße'
x-mac-roman: 'Gre'
utf-8: 'Gre'
1900-01-01 00:00:00
SEEN
python3 try.py | tee seen
diff expected seen && echo 'as described'
