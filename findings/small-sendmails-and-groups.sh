#!/usr/bin/env bash
# ssmtp 2.64 and esmtp 1.2 (sendmail -t, Debian 12): of a group of recipients one person is dropped without an error, the others get odd addresses.
#
# Guess: To: Desk: a@example.com, b@example.com; has two recipients (RFC 5322 section 3.4).
# Seen:  ssmtp sends to "Desk: a@example.com" and drops what ends in ";"; esmtp sends to "Desk:a@example.com" and "b@example.com;". nullmailer 2.2 reads
# the group, but writes <"anna b"@example.com> without its quotes.
# Hurts: what such a letter is for is the group; who sends it is told that it went out.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show ssmtp >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root ssmtp=2.64-11 esmtp=1.2-18+b1 libesmtp6 libgnutls-openssl27 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root nullmailer=1:2.2-4 >/dev/null
dpkg-deb -x debs/nullmailer_*.deb root
root=$work/root/usr
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu)
cat >server.py <<'CODE'
import socketserver
class Handler(socketserver.StreamRequestHandler):
    def say(self, line): self.wfile.write(line + b'\r\n')
    def handle(self):
        self.say(b'220 mx.example.com')
        for line in iter(self.rfile.readline, b''):
            word = line[:4].upper()
            if word == b'RCPT': open('recipients', 'ab').write(b'    ' + line.strip()[8:] + b'\n')
            if word == b'DATA':
                self.say(b'354 go on')
                while self.rfile.readline() not in (b'.\r\n', b''): pass
            self.say(b'221 bye' if word == b'QUIT' else b'250 ok')
            if word == b'QUIT': return
server = socketserver.TCPServer(('127.0.0.1', 0), Handler)
open('port', 'w').write(str(server.server_address[1]))
server.serve_forever()
CODE
python3 server.py &
server=$!
trap 'kill "$server"; rm -rf "$work"' EXIT
for _ in $(seq 50); do [ -s port ] && break; sleep 0.1; done
printf 'mailhub=127.0.0.1:%s\nhostname=mx.example.com\nFromLineOverride=YES\n' "$(cat port)" >ssmtp.conf
printf 'hostname "127.0.0.1:%s"\n' "$(cat port)" >esmtprc
try() {
  printf 'From: "Desk" <"anna b"@example.com>\nTo: %s\nSubject: x\n\nHello\n' "$1" >mail.eml
  echo "To: $1"
  for program in "$root/sbin/ssmtp -C ssmtp.conf -t" "$root/bin/esmtp -C esmtprc -X /dev/null -t"; do
    : >recipients
    timeout 20 $program <mail.eml 2>/dev/null || echo "  exit code $?"
    echo "  $(basename "${program%% *}")"
    sort recipients
  done
  echo '  nullmailer'
  "$root/bin/nullmailer-inject" -n -v -h <mail.eml 2>/dev/null | sed -n '2,/^$/p; /^From/p' | sed '/^$/d; s/^/    /'
}

cat >expected <<'SEEN'
To: Desk: a@example.com, b@example.com;, carl@example.com
  ssmtp
    <Desk: a@example.com>
    <carl@example.com>
  esmtp
    <Desk:a@example.com>
    <b@example.com;>
    <carl@example.com>
  nullmailer
    a@example.com
    b@example.com
    carl@example.com
    From: Desk <anna b@example.com>
To: "Berg, Bob" <bob@example.com>, Desk: a@example.com;
  ssmtp
    <bob@example.com>
  esmtp
    <Desk:a@example.com;>
    <bob@example.com>
  nullmailer
    bob@example.com
    a@example.com
    From: Desk <anna b@example.com>
SEEN
{
  try 'Desk: a@example.com, b@example.com;, carl@example.com'
  try '"Berg, Bob" <bob@example.com>, Desk: a@example.com;'
} | tee seen
diff expected seen && echo 'as described'
