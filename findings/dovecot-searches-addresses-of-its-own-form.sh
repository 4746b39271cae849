#!/usr/bin/env bash
# Dovecot 2.3.19 (Debian 12): FROM and TO are searched in a form of Dovecot's own, and a subject with two blanks is not found by its own words.
#
# Guess: SEARCH FROM, TO and SUBJECT look for the words as they stand in the header, after decoding (RFC 9051 section 6.4.4), and say the same as
# HEADER FROM.
# Seen:  addresses are taken apart and written anew: one blank for several, the comment as a name before the address, no quotes, each address for itself.
# "bob@example.com (Bob)" is not found by FROM but by HEADER FROM, "Bob <bob@example.com>" the other way round; "MISSING_DOMAIN" finds a name without
# an address; "two  blanks" is found with one blank only.
# Hurts: a program that looks for a letter by the header it has before it (was this one sent already?) does not find it, and sends it again.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show dovecot-imapd >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root dovecot-core dovecot-imapd=1:2.3.19.1+dfsg1-2.1+deb12u7 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
chmod 755 "$work"
mkdir -m 777 box home
export LD_LIBRARY_PATH=$root/lib/dovecot:$(echo "$root"/lib/*-linux-gnu) DOVECONF_ENV=1 HOME=$work/home USER=nobody FIRST_VALID_UID=1 MAIL_LOCATION=mbox:$work/box:INBOX=$work/box/INBOX
nobody() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }
imap() { sed 's/$/\r/' | nobody "$root/lib/dovecot/imap" 2>/dev/null | tr -d '\r'; }
cat >box/INBOX <<'CODE'
From anna@example.com Mon Nov  2 10:00:00 2026
From: bob@example.com (Bob)
To: "Anna"   Berg <anna@example.com>, Desk: carl@example.com;
Cc: Team
Subject: two  blanks

Hello

CODE
chmod 666 box/INBOX
cat >queries <<'CODE'
from "bob@example.com (Bob)"
header from "bob@example.com (Bob)"
from "Bob <bob@example.com>"
header from "Bob <bob@example.com>"
to "Anna\"   Berg"
to "Anna Berg"
to "Desk: carl"
to "carl@example.com"
cc "Team"
cc "MISSING_DOMAIN"
subject "two  blanks"
subject "two blanks"
header subject "two  blanks"
CODE

cat >expected <<'SEEN'
from "bob@example.com (Bob)" -> 
header from "bob@example.com (Bob)" -> 1
from "Bob <bob@example.com>" -> 1
header from "Bob <bob@example.com>" -> 
to "Anna\"   Berg" -> 
to "Anna Berg" -> 1
to "Desk: carl" -> 
to "carl@example.com" -> 1
cc "Team" -> 1
cc "MISSING_DOMAIN" -> 1
subject "two  blanks" -> 
subject "two blanks" -> 1
header subject "two  blanks" -> 1
SEEN
while IFS= read -r query; do
  printf '%s -> %s\n' "$query" "$(printf 'a select inbox\nb search %s\nz logout\n' "$query" | imap | sed -n 's/^\* SEARCH *//p')"
done <queries | tee seen
diff expected seen && echo 'as described'
