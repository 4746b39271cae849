#!/usr/bin/env bash
# aiosmtpd 1.4.3 (Python, Debian 12): a recipient "<>" and one with a blank are accepted, and an address with an umlaut also where the client did not ask for SMTPUTF8.
#
# Guess: RCPT TO:<> and <anna berg@x> are refused with 501 or 553 (RFC 5321 section 4.1.1.3); SMTPUTF8 is an option that is off until it is switched on, and without it in MAIL FROM
# (RFC 6531 section 3.4) an umlaut is refused; a client that says HELO gets no parameters, one that says EHLO may ask for NOTIFY.
# Seen:  250 for both recipients; SMTPUTF8 is offered from the start, and not asked for again; NOTIFY and RET are refused with 555.
# Hurts: tests against this server pass with mail that Postfix refuses; a lost address is found out by the customer.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-aiosmtpd >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3 python3-minimal python3.11-minimal libpython3.11-stdlib python3-aiosmtpd=1.4.3-1.1+deb12u1 python3-public python3-attr >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PYTHONPATH=$work/root/usr/lib/python3/dist-packages

cat >try.py <<'PY'
import socket
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

with socket.create_server(("127.0.0.1", 0)) as free:
    port = free.getsockname()[1]
controller = Controller(Sink(), hostname="127.0.0.1", port=port)
controller.start()
with socket.create_connection(("127.0.0.1", port)) as client:
    lines = client.makefile("rwb")
    lines.readline()
    for command in ("EHLO desk.example", "MAIL FROM:<jörg@example.com>", "RCPT TO:<>", "RCPT TO:<anna berg@example.com>", "RCPT TO:<anna@example.com> NOTIFY=FAILURE", "RSET", "MAIL FROM:<desk@example.com> RET=HDRS"):
        lines.write(command.encode() + b"\r\n")
        lines.flush()
        answer = [lines.readline().decode().strip()]
        while answer[-1][3] == "-":
            answer.append(lines.readline().decode().strip())
        print(f"{command}: {' / '.join(answer)}")
controller.stop()
PY

cat >expected <<'SEEN'
EHLO desk.example: 250-localhost / 250-SIZE 33554432 / 250-8BITMIME / 250-SMTPUTF8 / 250 HELP
MAIL FROM:<jörg@example.com>: 250 OK
RCPT TO:<>: 250 OK
RCPT TO:<anna berg@example.com>: 250 OK
RCPT TO:<anna@example.com> NOTIFY=FAILURE: 555 RCPT TO parameters not recognized or not implemented
RSET: 250 OK
MAIL FROM:<desk@example.com> RET=HDRS: 555 MAIL FROM parameters not recognized or not implemented
SEEN
"$work/root/usr/bin/python3.11" try.py | tee seen
diff expected seen && echo 'as described'
