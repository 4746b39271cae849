#!/usr/bin/env bash
# html2text 1.3.2a (the program of Debian): a link becomes words_with_underscores without its address, and a list that starts at 3 starts at 1.
#
# Guess: the address of a link is written behind its words or at the end, blanks stay blanks, and <ol start="3"> counts from 3, as in w3m and lynx.
# Seen:  see below; the words of the link cannot be told from a name with underscores.
# Hurts: the text part of a letter has no link to click on; "see step 3" points to another step.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show html2text >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root html2text=1.3.2a-28 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu)

cat >letter.html <<'CODE'
<html><body><p>Please open <a href="https://example.com/reset?id=7">the page for new passwords</a> now.</p>
<p>The file is <u>my report</u>.</p>
<ol start="3"><li>third step</li><li>fourth step</li></ol></body></html>
CODE

cat >expected <<'SEEN'
Please open the_page_for_new_passwords now.
The file is my_report.
   1. third step
   2. fourth step
SEEN
"$root/bin/html2text" -utf8 letter.html | tee seen
diff expected seen && echo 'as described'
