#!/usr/bin/env bash
# getmail6 6.18.11 (Python): an email that is fetched is not the one that lay there: long fields are folded anew, and "Delivered-To: unknown" is put before it.
#
# Guess: what POP3 hands over is delivered byte for byte, with a Received line above it, as other retrievers do it.
# Seen:  Subject, References and Content-Type are folded at 78 characters, as Python's email package writes them.
# Hurts: a DKIM signature with simple header canonicalization, the default of RFC 6376, breaks; the same email fetched in two ways has two hashes and two sizes;
# a desk that looks into Delivered-To for the address of the customer's letter finds "unknown".
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show getmail6 >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root getmail6=6.18.11-2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=$work/root/usr/lib/python3/dist-packages

cat >server.py <<'CODE'
# One email, over POP3 on loopback, for one session.
import socket
mail = b'\r\n'.join([
    b'Return-Path: <ann@home.test>', b'From: Ann <ann@home.test>', b'To: support@example.com',
    b'Subject: The lamp in the hall of the second floor has been dark since Monday, and nobody came to see it so far',
    b'References: ' + b' '.join(b'<a.rather.long.id.of.number.%d@home.test>' % n for n in range(3)),
    b'Content-Type: text/plain; charset=utf-8;  format=flowed;  delsp=no; x-of-a-program=with-a-long-value', b'', b'Please come.'])
server = socket.socket()
server.bind(('127.0.0.1', 0))
server.listen(1)
open('sent', 'wb').write(mail.replace(b'\r\n', b'\n') + b'\n')
open('port.new', 'w').write(str(server.getsockname()[1]))
__import__('os').rename('port.new', 'port')
server.settimeout(60)
client, _ = server.accept()
lines = client.makefile('rwb')
def say(text):
    lines.write(text + b'\r\n')
    lines.flush()
say(b'+OK')
for line in lines:
    word = line.split()[0].upper()
    if word == b'UIDL': say(b'+OK\r\n1 one\r\n.')
    elif word == b'LIST': say(b'+OK\r\n1 %d\r\n.' % len(mail))
    elif word == b'RETR': say(b'+OK\r\n' + mail + b'\r\n.')
    elif word == b'STAT': say(b'+OK 1 %d' % len(mail))
    elif word in (b'CAPA', b'APOP', b'STLS'): say(b'-ERR')
    else: say(b'+OK')
    if word == b'QUIT': break
CODE
python3 server.py &
while [ ! -e port ]; do sleep 0.1; done
mkdir state
cat >state/rc <<CONFIG
[retriever]
type = SimplePOP3Retriever
server = 127.0.0.1
port = $(cat port)
username = desk
password = none
[destination]
type = MDA_external
path = /bin/sh
arguments = ("-c", "cat >$work/got")
allow_root_commands = true
[options]
delete = false
CONFIG
python3 root/usr/bin/getmail --quiet --getmaildir="$work/state" --rcfile="$work/state/rc"
wait

cat >expected <<'SEEN'
getmail6 6.18.11-2
Return-Path: <ann@home.test>
Delivered-To: unknown
Received: (and one line more)
From: Ann <ann@home.test>
To: support@example.com
Subject: The lamp in the hall of the second floor has been dark since Monday,
 and nobody came to see it so far
References: <a.rather.long.id.of.number.0@home.test>
 <a.rather.long.id.of.number.1@home.test>
 <a.rather.long.id.of.number.2@home.test>
Content-Type: text/plain; charset=utf-8;  format=flowed;  delsp=no;
 x-of-a-program=with-a-long-value

Please come.
fields in one line as they were sent: 3 of 6
SEEN
{
  echo "getmail6 $(dpkg-deb -f debs/getmail6_*.deb Version)"
  sed -E '/^Received:/{N;s/.*/Received: (and one line more)/}' got
  echo "fields in one line as they were sent: $(sed '/^$/q' sent | grep . | grep -cxFf - got) of 6"
} | tee seen
diff expected seen && echo 'as described'
