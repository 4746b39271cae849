#!/usr/bin/env bash
# flufl.bounce 4.0 (Python, the reader of bounces of Mailman): Exim's warning that a letter is late counts as final failure, and so does a bounce that
# somebody forwards.
#
# Guess: a letter that "has not yet been delivered" is a temporary failure, as Action: delayed is; a report inside an attached letter is that letter's (RFC
# 2046 section 5.2.1), and a recipient in UTF-8 (RFC 6533) is found.
# Seen:  X-Failed-Recipients alone decides, and Exim puts it into warnings too; parts are looked for at any depth; of "utf-8; jörg@example.com" nothing is
# found.
# Hurts: addresses that were late by a day, and those of an old report that a customer asks about, get no more mail.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-flufl.bounce >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3-flufl.bounce=4.0-3 python3-public python3-zope.interface python3 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=root/usr/lib/python3/dist-packages

cat >try.py <<'CODE'
import email
from flufl.bounce import all_failures
def report(action, recipient='rfc822; anna@example.com'):
    return f'From: MAILER-DAEMON@example.net\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\nFinal-Recipient: {recipient}\nAction: {action}\nStatus: 4.4.1\n\n--b--\n'
exim = 'From: Mail Delivery System <Mailer-Daemon@mx.example.net>\nX-Failed-Recipients: bob@example.com\nSubject: Warning: message 1 delayed 24 hours\n\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue.\n\n  bob@example.com\n\nNo action is required on your part.\n'
forwarded = 'From: Anna <anna@example.com>\nSubject: What is this?\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: text/plain\n\nI got this last year.\n--c\nContent-Type: message/rfc822\n\n' + report('failed', 'rfc822; bob@example.com') + '\n--c--\n'
for name, text in {'failed': report('failed'), 'delayed': report('delayed'), 'failed, UTF-8': report('failed', 'utf-8; jörg@example.com'), 'late, from Exim': exim, 'report as attachment': forwarded}.items():
    late, final = all_failures(email.message_from_bytes(text.encode()))
    print(name, '-> late', [one.decode() for one in late], 'final', [one.decode() for one in final])
CODE

cat >expected <<'SEEN'
failed -> late [] final ['anna@example.com']
delayed -> late ['anna@example.com'] final []
failed, UTF-8 -> late [] final []
late, from Exim -> late [] final ['bob@example.com']
report as attachment -> late [] final ['bob@example.com']
SEEN
python3 try.py | tee seen
diff expected seen && echo 'as described'
