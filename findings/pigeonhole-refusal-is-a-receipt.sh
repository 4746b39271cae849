#!/usr/bin/env bash
# Pigeonhole 0.5.19 (Sieve of Dovecot, Debian 12): who refuses a letter by Sieve sends a receipt, "deleted", not a bounce, and its name is "%s; Dovecot …".
#
# Guess: reject gives a report of failure as servers send it (multipart/report; report-type=delivery-status with Action: failed), and In-Reply-To or
# References name the refused letter.
# Seen:  report-type=disposition-notification as the old RFC 3028 had it (RFC 5429 section 2.1 asks for a refusal in SMTP or a delivery report), a field
# "Reporting-UA: %s; Dovecot Mail Delivery Agent: …" whose pattern was never filled, and no reference but Original-Message-ID.
# Hurts: desks that sort receipts away take the refusal for "he read it"; none of it threads.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show dovecot-sieve >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root dovecot-core dovecot-sieve=1:2.3.19.1+dfsg1-2.1+deb12u7 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
export LD_LIBRARY_PATH=$root/lib/dovecot:$(echo "$root"/lib/*-linux-gnu) DOVECONF_ENV=1 MAIL_LOCATION=mbox:$work/mail MAIL_UID=nobody MAIL_GID=nogroup POSTMASTER_ADDRESS=postmaster@example.com HOSTNAME=mx.example.com
chmod -R a+rwX "$work"
printf '%s\n' 'From: desk@example.net' 'To: anna@example.com' 'Subject: Re: [TK-12] printer' 'Message-ID: <1@example.net>' '' 'Hello' >mail.eml
echo 'require ["reject"]; reject "I left the company.";' >rule.sieve

cat >expected <<'SEEN'
From: Postmaster <postmaster@example.com>
To: <desk@example.net>
Subject: Automatically rejected mail
Auto-Submitted: auto-replied (rejected)
Content-Type: multipart/report; report-type=disposition-notification;
	boundary="…"
Content-Type: text/plain; charset=utf-8
Content-Type: message/disposition-notification
Reporting-UA: %s; Dovecot Mail Delivery Agent: …
Original-Recipient: rfc822; anna@example.com
Final-Recipient: rfc822; anna@example.com
Original-Message-ID: <1@example.net>
Disposition: automatic-action/MDN-sent-automatically; deleted
Content-Type: message/rfc822
From: desk@example.net
To: anna@example.com
Subject: Re: [TK-12] printer
SEEN
"$root/bin/sieve-test" -e -f desk@example.net -a anna@example.com rule.sieve mail.eml 2>/dev/null | grep -E '^(From|To|Subject|Auto-Sub|In-Reply|References|Content-Type|Reporting|Original|Final|Disposition|Action|Status|[[:blank:]]+boundary)' | tr -d '\r' | sed 's/"[0-9].*"/"…"/; s/Agent: .*/Agent: …/' | tee seen
diff expected seen && echo 'as described'
