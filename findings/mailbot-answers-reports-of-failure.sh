#!/usr/bin/env bash
# mailbot of maildrop 2.9.3: a letter with the empty return path is answered, and the whole letter is quoted above the answer.
#
# Guess: no answer to Auto-Submitted, Precedence, lists, and the empty return path (RFC 3834 section 2); the text of the answer is all that is sent.
# Seen:  the first three get none. Return-Path: <> is not looked at, nor X-Auto-Response-Suppress, by which Outlook asks for silence; the whole letter is
# quoted in front of the answer unless -T replydraft, or feedback, is chosen.
# Hurts: reports of failure that other programs write without Auto-Submitted are answered, and two robots may talk to each other.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show maildrop >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root maildrop=2.9.3-2.1 courier-authlib libcourier-unicode4 libidn12 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done

export LD_LIBRARY_PATH=$(echo root/usr/lib/*-linux-gnu)
echo 'I am away until Monday.' >away
letter() { printf 'From: anna@example.com\nTo: desk@example.net\nSubject: Offer\nMessage-ID: <1@example.com>\n%bMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nHello\n' "$1"; }
answer() { echo "[$1] -> $(letter "$1" | root/usr/bin/mailbot -t away -A 'From: desk@example.net' cat | grep -E '^(To|Auto-Submitted):|^>|^I am' | tr '\n' ' ')"; }

cat >expected <<'SEEN'
[] -> Auto-Submitted: auto-replied To: anna@example.com > Hello I am away until Monday. 
[Auto-Submitted: auto-replied\n] -> 
[Precedence: bulk\n] -> 
[List-Id: <news.example.com>\n] -> 
[X-Auto-Response-Suppress: All\n] -> Auto-Submitted: auto-replied To: anna@example.com > Hello I am away until Monday. 
[Return-Path: <>\n] -> Auto-Submitted: auto-replied To: anna@example.com > Hello I am away until Monday. 
SEEN
for field in '' 'Auto-Submitted: auto-replied\n' 'Precedence: bulk\n' 'List-Id: <news.example.com>\n' 'X-Auto-Response-Suppress: All\n' 'Return-Path: <>\n'; do answer "$field"; done | tee seen
diff expected seen && echo 'as described'
