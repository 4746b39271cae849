#!/usr/bin/env bash
# bogofilter 1.2.5: "für" and "Größe" in a letter of HTML with entities are the word "uuml" and bits of words, and numbers are no words at all.
#
# Guess: entities are decoded, as base64, quoted-printable and comments inside a word are; a number that is an invoice's or an account's is a word.
# Seen:  the entity's name is a word of its own, what stands around it is cut there, and what is shorter than three letters is left out. Numbers count with a
# sign of money or a hyphen and letters only.
# Hurts: letters in German, French or Swedish from programs that write entities are judged by words like "uuml" and "ouml", ham and spam alike.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show bogofilter-bdb >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root bogofilter-bdb=1.2.5-1+b2 bogofilter-common libdb5.3 libgsl27 libgslcblas0 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done

cat >words.sh <<'CODE'
printf 'Subject: x\nMIME-Version: 1.0\nContent-Type: text/%s; charset=utf-8\n\n%s\n' "$1" "$2" | LD_LIBRARY_PATH=$(echo root/usr/lib/*-linux-gnu) root/usr/bin/bogolexer-bdb -p | grep -v -E '^(subj|mime|head):' | tr '\n' ' '
CODE

cat >asked <<'CODE'
plain Preise für große Häuser
html Preise für große Häuser
html Preise f&uuml;r gro&szlig;e H&auml;user
html Preise f&#252;r gro&#223;e H&#228;user
html Pr<!-- x -->eise
html invoice&nbsp;today
plain invoice 12345678 TK-2026-117 $100 1.000,50
CODE

cat >expected <<'SEEN'
plain Preise für große Häuser -> Preise für große Häuser 
html Preise für große Häuser -> Preise für große Häuser 
html Preise f&uuml;r gro&szlig;e H&auml;user -> Preise uuml gro szlig auml user 
html Preise f&#252;r gro&#223;e H&#228;user -> Preise gro user 
html Pr<!-- x -->eise -> Preise 
html invoice&nbsp;today -> invoice nbsp today 
plain invoice 12345678 TK-2026-117 $100 1.000,50 -> invoice TK-2026-117 $100 
SEEN
while read -r type text; do echo "$type $text -> $(bash words.sh "$type" "$text")"; done <asked | tee seen
diff expected seen && echo 'as described'
