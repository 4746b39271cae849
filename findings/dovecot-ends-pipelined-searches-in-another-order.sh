#!/usr/bin/env bash
# Dovecot 2.3.19 (Debian 12): of searches that are sent in one go all results come first, and the tagged OKs behind them.
#
# Guess: a command is finished, tag and all, before the result of the next one comes, at least where a result does not say whose it is (RFC 9051 section 5.5): what comes between two tagged
# answers belongs to the second.
# Seen:  * SEARCH, * SEARCH, * SEARCH, then three OKs. Only ESEARCH (RETURN) names its tag.
# Hurts: a client that sends its next search without waiting files the letters of the second under the first, and gives the second "nothing found".
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
printf 'From anna@example.com Mon Nov  2 10:00:00 2026\nFrom: anna@example.com\nSubject: Printer\n\nHello\n\nFrom bob@example.com Mon Nov  2 11:00:00 2026\nFrom: bob@example.com\nSubject: Invoice\n\nHello\n' >box/INBOX
chmod 666 box/INBOX

cat >expected <<'SEEN'
* SEARCH 1
* SEARCH 2
* SEARCH
* ESEARCH (TAG "e") ALL 2
b OK Search completed
c OK Search completed
d OK Search completed
e OK Search completed
SEEN
printf '%s\n' 'a select inbox' 'b search from anna' 'c search from bob' 'd search from carol' 'e search return (all) from bob' 'z logout' | imap | grep -E '^(\* E?SEARCH|[b-e] )' | sed 's/ ([0-9].*//' | tee seen
diff expected seen && echo 'as described'
