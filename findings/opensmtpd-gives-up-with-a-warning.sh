#!/usr/bin/env bash
# OpenSMTPD 6.8.0p2 (Debian 12): when it gives a message up, it says that it is delayed, will be tried for seven days, and need not be sent again.
#
# Guess: after `queue ttl` comes a bounce: Action: failed, "expired" in the subject or text, "delivery failed" (RFC 3464 section 2.3.3); of a refusal, Status: 5.1.1.
# Seen:  "Delivery status notification: delayed", Action: delayed, "only a temporary failure report", "delayed for more than 0 seconds"; Status 4.4.7 and the words
# "Envelope expired" are all that tell it from a warning, and nothing is in the queue any more. A refusal for good has Status: 5.0.0 and no Diagnostic-Code: its code stands
# in the text. The report is multipart/mixed, not multipart/report, and has no Auto-Submitted.
# Hurts: a helpdesk that ignores warnings never hears that its answer was not delivered, and nobody sends it again: the server says not to. One that answers by itself
# takes the report for a letter.
#
# Needs Debian 12, root and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
[ "$(id -u)" = 0 ] || { echo 'this script needs root, as servers do'; exit 2; }
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show opensmtpd >/dev/null 2>&1 || apt-get update -qq
libraries='libc6 libcrypt1 libdb5.3 libevent-2.1-7 libpam0g libaudit1 libcap-ng0 libssl3 zlib1g libgcc-s1'
(cd debs && apt-get download -qq -o APT::Sandbox::User=root opensmtpd $libraries 2>/dev/null)
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
chmod 755 . root
mkdir -p root/{dev,tmp,run,etc,var/spool,var/run,var/lib/opensmtpd/empty,proc}
for each in null:3 zero:5 random:8 urandom:9; do mknod -m 666 "root/dev/${each%:*}" c 1 "${each#*:}"; done
printf '%s\n' 'root:x:0:0::/root:/bin/sh' 'opensmtpd:x:900:900::/var/lib/opensmtpd/empty:/bin/false' 'opensmtpq:x:901:901::/var/lib/opensmtpd/empty:/bin/false' >root/etc/passwd
printf '%s\n' 'root:x:0:' 'opensmtpd:x:900:' 'opensmtpq:x:901:' >root/etc/group
printf '%s\n' 'passwd: files' 'group: files' 'hosts: files' >root/etc/nsswitch.conf
echo '127.0.0.1 localhost' >root/etc/hosts
touch root/etc/aliases

# What comes behind it: nobody is called gone, the mailbox of busy is never ready, and all else is shown.
cat >next.py <<'CODE'
import re, socketserver, threading
class Next(socketserver.StreamRequestHandler):
    def handle(self):
        say = lambda text: self.wfile.write((text + '\r\n').encode())
        say('220 next')
        while line := self.rfile.readline().decode().strip():
            if line.startswith('RCPT'):
                say('550 5.1.1 nobody of that name' if 'gone@' in line else '451 4.7.1 come back later' if 'busy@' in line else '250 ok')
            elif line.startswith('DATA'):
                say('354 go on')
                text = ''
                while (each := self.rfile.readline().decode()).strip() != '.':
                    text += each.replace('\r', '')
                open('arrived', 'a').write(text + '\n=====\n')
                say('250 ok')
            else:
                say('221 bye' if line.startswith('QUIT') else '250 ok')
                if line.startswith('QUIT'):
                    return
server = socketserver.ThreadingTCPServer(('127.0.0.1', 0), Next)
open('port', 'w').write(str(server.server_address[1]))
server.serve_forever()
CODE
python3 next.py &
until [ -s port ]; do sleep 0.1; done
own=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >root/etc/smtpd.conf <<CODE
listen on 127.0.0.1 port $own hostname mx.example.net
queue ttl 5s
action "next" relay host smtp://127.0.0.1:$(cat port)
match from any for any action "next"
CODE
echo mx.example.net >root/etc/mailname
chroot root /usr/sbin/smtpd -d -f /etc/smtpd.conf >log 2>&1 &
cat >send.py <<'CODE'
import smtplib, sys, time
for attempt in range(50):
    try:
        client = smtplib.SMTP('127.0.0.1', int(sys.argv[1]))
        break
    except OSError:
        time.sleep(0.2)
for to in sys.argv[2:]:
    client.sendmail('desk@example.org', [to], f'From: desk@example.org\r\nTo: {to}\r\nSubject: x\r\nMessage-ID: <1@example.org>\r\nDate: Mon, 30 Nov 2026 12:00:00 +0000\r\n\r\nHello\r\n')
client.quit()
CODE
show() {
  for _ in $(seq 150); do grep -q '^=====' arrived 2>/dev/null && break; sleep 0.2; done
  grep -E '^(Subject: Del|Content-Type: multipart|Auto-Submitted|Action|Status|Diagnostic-Code|(gone|busy)@|    (A message is|An error has|Please note|The message is kept|You DO NOT))' arrived | sed 's/;boundary.*//'
  rm arrived
}
cat >expected <<'SEEN'
--- refused for good
Subject: Delivery status notification: failed
Content-Type: multipart/mixed
    An error has occurred while attempting to deliver a message for
gone@example.com: 550 5.1.1 nobody of that name
Action: failed
Status: 5.0.0
--- given up
Subject: Delivery status notification: delayed
Content-Type: multipart/mixed
    A message is delayed for more than 0 seconds for the following
busy@example.com: Envelope expired
    Please note that this is only a temporary failure report.
    The message is kept in the queue for up to 7 days.
    You DO NOT NEED to re-send the message to these recipients.
Action: delayed
Status: 4.4.7
--- in the queue
0
SEEN
{
  echo '--- refused for good'
  python3 send.py "$own" gone@example.com
  show
  echo '--- given up'
  python3 send.py "$own" busy@example.com
  show
  echo '--- in the queue'
  find root/var/spool/smtpd/queue -type f | wc -l
} | tee seen
diff expected seen && echo 'as described'
