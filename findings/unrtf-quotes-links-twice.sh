#!/usr/bin/env bash
# unrtf 0.21.10 (Debian 12): a link has its address in two pairs of quotes and loses its words, and hidden text is shown.
#
# Guess: <a href="https://example.com/help">our page</a>, "our page" in the text; what is hidden (\v) is left out.
# Seen:  <a href=""https://example.com/help"">hyperlink</a>, which leads nowhere; the text has the address in quotes instead of the words. A link
# whose instruction has no group of its own is its words alone. Hidden text stands among the rest.
# Hurts: letters in RTF (winmail.dat) that are made readable with it have dead links, and show what their writer had hidden.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show unrtf >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root unrtf=0.21.10-clean-1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
run() { "$work/root/usr/bin/unrtf" --quiet -P "$work/root/usr/share/unrtf" "$1" letter.rtf | grep -a -E 'See|Done'; }

printf '{\\rtf1\\ansi\\ansicpg1252 See {\\field{\\*\\fldinst{HYPERLINK "https://example.com/help"}}{\\fldrslt our page}} or {\\field{\\*\\fldinst HYPERLINK "mailto:desk@example.com"}{\\fldrslt write to us}}.\\par {\\v internal note }Done.\\par}' >letter.rtf
cat >expected <<'SEEN'
See "https://example.com/help" or write to us.
internal note Done.
<body>See <a href=""https://example.com/help"">hyperlink</a> or write to us.<br>
internal note Done.<br>
SEEN
{ run --text; run --html; } | tee seen
diff expected seen && echo 'as described'
