#!/usr/bin/env bash
# par 1.53: of "Price: 20" and "Post: 5" it makes "Price: 20 ost: 5", of two list items one, and a link that is longer than a line is cut in pieces.
#
# Guess: lines are joined, as with fmt, but no letter is lost; a word that is too long stands whole in a line of its own.
# Seen:  what two lines of a paragraph have in common at their begin is taken for a prefix like "> ", also a P or a hyphen, and stands once. Words are cut at
# the width.
# Hurts: answers that are reflowed with par in mutt or vim, which its manual is written for, have dead links and garbled prices.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show par >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root par=1.53.0-2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done

cat >letter.sh <<'CODE'
printf 'The offer:\nhttps://example.com/offers/2026/november/TK-2026-117.pdf\n\n- one\n- two\n\nPrice:  20\nPost:    5\n\n> a quote that is long enough to be wrapped\n> twice\n'
CODE

cat >expected <<'SEEN'
par:
The offer:
https://example.com/offers/2026/november
/TK-2026-117.pdf

- one two

Price: 20 ost: 5

> a quote that is long enough to be
> wrapped twice

fmt:
The offer:
https://example.com/offers/2026/november/TK-2026-117.pdf

- one - two

Price:  20 Post:    5

> a quote that is long enough to be
wrapped > twice
SEEN
{ echo 'par:'; bash letter.sh | root/usr/bin/par 40; echo; echo 'fmt:'; bash letter.sh | fmt -w 40; } | tee seen
diff expected seen && echo 'as described'
