#!/usr/bin/env bash
# Dovecot 2.3.19 (Debian 12): to search for a keyword creates it in the folder, for good and for all clients.
#
# Guess: SEARCH KEYWORD of a word that no letter has finds nothing and changes nothing, as SEARCH reads (RFC 9051 section 6.4.4).
# Seen:  the word joins FLAGS and PERMANENTFLAGS at once, and is there in the next session; UNKEYWORD does the same. After EXAMINE it goes with the session.
# Hurts: a program that asks "UNKEYWORD $Handled" of each folder leaves its word in all of them, and each misspelt word stays in the menus of mail programs.
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
printf 'From anna@example.com Mon Nov  2 10:00:00 2026\nFrom: anna@example.com\nSubject: x\n\nHello\n' >box/INBOX
chmod 666 box/INBOX
session() { echo "-- $*"; { printf '%s\n' "$@"; echo 'z logout'; } | imap | grep -E '^(\* (FLAGS|SEARCH|OK \[PERM)|[a-y] )' | sed 's/ ([0-9].*//' || true; }

cat >expected <<'SEEN'
-- a examine inbox b search keyword Handled
* FLAGS (\Answered \Flagged \Deleted \Seen \Draft)
* OK [PERMANENTFLAGS ()] Read-only mailbox.
a OK [READ-ONLY] Examine completed
* SEARCH
* FLAGS (\Answered \Flagged \Deleted \Seen \Draft Handled)
* OK [PERMANENTFLAGS ()] Read-only mailbox.
b OK Search completed
-- a select inbox b search unkeyword Handled c search keyword Hnadled
* FLAGS (\Answered \Flagged \Deleted \Seen \Draft)
* OK [PERMANENTFLAGS (\Answered \Flagged \Deleted \Seen \Draft \*)] Flags permitted.
a OK [READ-WRITE] Select completed
* SEARCH 1
* SEARCH
* FLAGS (\Answered \Flagged \Deleted \Seen \Draft Handled Hnadled)
* OK [PERMANENTFLAGS (\Answered \Flagged \Deleted \Seen \Draft Handled Hnadled \*)] Flags permitted.
b OK Search completed
c OK Search completed
-- a select inbox
* FLAGS (\Answered \Flagged \Deleted \Seen \Draft Handled Hnadled)
* OK [PERMANENTFLAGS (\Answered \Flagged \Deleted \Seen \Draft Handled Hnadled \*)] Flags permitted.
a OK [READ-WRITE] Select completed
SEEN
{
  session 'a examine inbox' 'b search keyword Handled'
  session 'a select inbox' 'b search unkeyword Handled' 'c search keyword Hnadled'
  session 'a select inbox'
} | tee seen
diff expected seen && echo 'as described'
