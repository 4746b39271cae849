#!/usr/bin/env bash
# Exim 4.96 (Debian 12): the machine part of a bounce says 5.0.0 without a reason, names the address before an alias, and puts Action first.
#
# Guess: a refusal with "550 5.1.1" gives Status: 5.1.1 and a Diagnostic-Code; Final-Recipient is who was not reached, Original-Recipient whom we
# wrote to (RFC 3464 section 2.3); In-Reply-To names our message; Auto-Submitted is auto-generated.
# Seen:  Status 5.0.0 or 4.0.0 and no code; the reason stands in the text alone. A list of two members appears as the list, twice. Auto-Submitted is
# auto-replied as in out-of-office notes, there are References but no In-Reply-To, and X-Failed-Recipients names one address twice.
# Hurts: a full mailbox and a wrong address look alike; readers that open a recipient at Final-Recipient give each one the Action of the next.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show exim4-daemon-light >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root exim4-daemon-light libnss-wrapper >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
[ "$(id -u)" = 0 ] || { echo 'this script needs root, as servers do'; exit 2; }
root=$work/root/usr
chmod 755 "$work"
chmod u-s "$root/sbin/exim4"
mkdir -m 777 spool log box
echo 'Debian-exim:x:65534:65534::/:/bin/false' | cat /etc/passwd - >passwd
echo 'Debian-exim:x:65534:' | cat /etc/group - >group
cat >exim.sh <<SH
#!/bin/bash
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu) LD_PRELOAD=$(echo "$root"/lib/*-linux-gnu/libnss_wrapper.so) NSS_WRAPPER_PASSWD=$work/passwd NSS_WRAPPER_GROUP=$work/group
exec $root/sbin/exim4 "\$@"
SH
chmod 755 exim.sh

cat >exim.conf <<'CODE'
exim_path = WORK/exim.sh
primary_hostname = mx.example.net
qualify_domain = example.net
spool_directory = WORK/spool
log_file_path = WORK/log/%slog
pid_file_path = WORK/exim.pid
delay_warning = 1s
keep_environment = LD_LIBRARY_PATH:LD_PRELOAD:NSS_WRAPPER_PASSWD:NSS_WRAPPER_GROUP
never_users =
begin routers
unknown:
  driver = redirect
  domains = example.com
  data = :fail: 550 5.1.1 <$local_part@$domain> no such person
full:
  driver = redirect
  domains = example.org
  data = :fail: 552 5.2.2 mailbox is full
later:
  driver = redirect
  domains = example.info
  data = :defer: host is down
list:
  driver = redirect
  local_parts = team
  data = anna@example.com, bob@example.org
here:
  driver = accept
  domains = example.net
  transport = box
begin transports
box:
  driver = appendfile
  file = WORK/box/desk
  user = nobody
  group = nogroup
begin retry
* * F,4d,1s
CODE

cat >expected <<'SEEN'
X-Failed-Recipients: anna@example.com,
  bob@example.org,
  anna@example.com
Auto-Submitted: auto-replied
References: <m1@example.net>
Subject: Mail delivery failed: returning message to sender
  anna@example.com
    (generated from team@example.net)
    550 5.1.1 <anna@example.com> no such person
  bob@example.org
    (generated from team@example.net)
    552 5.2.2 mailbox is full
  anna@example.com
    550 5.1.1 <anna@example.com> no such person
Action: failed
Final-Recipient: rfc822;anna@example.com
Status: 5.0.0
Action: failed
Final-Recipient: rfc822;team@example.net
Status: 5.0.0
Action: failed
Final-Recipient: rfc822;team@example.net
Status: 5.0.0
--- and a warning
Auto-Submitted: auto-replied
References: <m1@example.net>
Subject: Warning: message (id) delayed 0 minutes
  anna@example.info
    Delay reason: host is down
  bob@example.info
    Delay reason: host is down
Action: delayed
Final-Recipient: rfc822;anna@example.info
Status: 4.0.0
Action: delayed
Final-Recipient: rfc822;bob@example.info
Status: 4.0.0
SEEN
{
sed -i "s#WORK#$work#; s/^\( *\)data = :fail.*/&\n\1allow_fail/; s/^\( *\)data = :defer.*/&\n\1allow_defer/" exim.conf
exim() { ./exim.sh -C "$work/exim.conf" "$@" 2>/dev/null; }
send() { printf '%s\n' 'From: desk@example.net' 'Message-ID: <m1@example.net>' 'Subject: x' '' 'Hello' | exim -f desk@example.net "$@"; }
show() { grep -E -A 1 '^(Auto-Submitted|X-Failed|References|In-Reply-To|Subject: (Mail|Warning)|Action|Final|Original|Status|Diagnostic|  +.*@| +55)' box/desk | grep -vE '^(--|From|To|Content|MIME|Message-Id|$|No action)' | sed 's/message .* delayed/message (id) delayed/'; rm box/desk; }
send -odf anna@example.com team@example.net
show
echo '--- and a warning'
send -odq anna@example.info bob@example.info
sleep 2
exim -qff
show
} | tee seen
diff expected seen && echo 'as described'
