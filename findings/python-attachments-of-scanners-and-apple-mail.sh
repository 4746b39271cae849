#!/usr/bin/env bash
# Python 3.11 (Debian 12): iter_attachments() finds no file in a letter of Apple Mail, and none in that of a scanner.
#
# Guess: all parts with Content-Disposition: attachment are told, wherever they stand, also a message that is nothing but a file.
# Seen:  only direct parts of the outermost multipart count, and of multipart/alternative none: alternative(text, mixed(HTML, PDF)) has no
# attachments, a message of the type application/pdf neither. get_body() of the latter is None; walk() finds both.
# Hurts: the contract of a customer with a Mac, and each page of the office scanner, is missing in the ticket.
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
import email
from email import policy
pdf = 'Content-Type: application/pdf\nContent-Disposition: attachment; filename=contract.pdf\n\nx\n'
def multipart(kind, boundary, *parts):
    return f'Content-Type: multipart/{kind}; boundary={boundary}\n\n' + ''.join(f'--{boundary}\n{part}' for part in parts) + f'--{boundary}--\n'
text, html = 'Content-Type: text/plain\n\nHello\n', 'Content-Type: text/html\n\n<p>Hello</p>\n'
letters = {'Outlook: mixed(alternative(text, html), pdf)': multipart('mixed', 'x', multipart('alternative', 'y', text, html), pdf), 'Apple Mail: alternative(text, mixed(html, pdf))': multipart('alternative', 'x', text, multipart('mixed', 'y', html, pdf)), 'scanner: pdf': pdf}
for name, letter in letters.items():
    message = email.message_from_string('MIME-Version: 1.0\n' + letter, policy=policy.default)
    body = message.get_body()
    print(name, '-> body', body and body.get_content_type(), '- attachments', [part.get_filename() for part in message.iter_attachments()], '- by walk()', [part.get_filename() for part in message.walk() if part.is_attachment()])
CODE

cat >expected <<'SEEN'
Outlook: mixed(alternative(text, html), pdf) -> body text/html - attachments ['contract.pdf'] - by walk() ['contract.pdf']
Apple Mail: alternative(text, mixed(html, pdf)) -> body text/html - attachments [] - by walk() ['contract.pdf']
scanner: pdf -> body None - attachments [] - by walk() ['contract.pdf']
SEEN
python try.py | tee seen
diff expected seen && echo 'as described'
