#!/usr/bin/env bash
# GNU Sieve (mailutils 3.15): in :matches the brackets of "*[TK]*" are a class of letters, and encoded subjects are compared as they stand.
#
# Guess: only * and ? are special in :matches (RFC 5228 section 2.7.1), headers are decoded before they are compared (section 2.7.2), and redirect
# needs no require (section 4.2).
# Seen:  "*[TK]*" matches any subject with a T or a K; "Grüße" is not found in its encoded form; redirect without require is an error.
# Hurts: a rule for ticket numbers in brackets files all letters that hold one of these letters; rules that work at Dovecot and Cyrus do not here.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show mailutils >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root mailutils=1:3.15-4 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu)
sieve() { "$root/bin/sieve" -n -v -L "$(echo "$root"/lib/*-linux-gnu)/mailutils9" -f "mbox:$work/$1" rule.sieve 2>&1 | sed 's/.*: \(FILEINTO\|IMPLICIT\)/\1/; s/ on msg.*: / /' | head -n 1; }

cat >make.sh <<'CODE'
letter() { printf 'From anna@example.com Mon Nov  2 10:00:00 2026\nFrom: anna@example.com\nTo: desk@example.com\nSubject: %s\n\nHello\n' "$1" >mail; }
try() { letter "$1"; echo "$2" >rule.sieve; echo "$1 | $2 -> $(sieve mail)"; }
try 'Re: [TK] printer' 'require "fileinto"; if header :matches "subject" "*[TK]*" { fileinto "tickets"; }'
try 'Thanks a lot' 'require "fileinto"; if header :matches "subject" "*[TK]*" { fileinto "tickets"; }'
try 'Grüße' 'require "fileinto"; if header :contains "subject" "Grüße" { fileinto "greetings"; }'
try '=?utf-8?q?Gr=C3=BC=C3=9Fe?=' 'require "fileinto"; if header :contains "subject" "Grüße" { fileinto "greetings"; }'
try 'Hello' 'redirect "bob@example.com";'
CODE

cat >expected <<'SEEN'
Re: [TK] printer | require "fileinto"; if header :matches "subject" "*[TK]*" { fileinto "tickets"; } -> FILEINTO delivering into tickets
Thanks a lot | require "fileinto"; if header :matches "subject" "*[TK]*" { fileinto "tickets"; } -> FILEINTO delivering into tickets
Grüße | require "fileinto"; if header :contains "subject" "Grüße" { fileinto "greetings"; } -> FILEINTO delivering into greetings
=?utf-8?q?Gr=C3=BC=C3=9Fe?= | require "fileinto"; if header :contains "subject" "Grüße" { fileinto "greetings"; } -> IMPLICIT KEEP on msg uid 1
Hello | redirect "bob@example.com"; -> sieve: rule.sieve:1.1-8: action `redirect' has not been required
SEEN
source ./make.sh | tee seen
diff expected seen && echo 'as described'
