#!/usr/bin/env bash
# Roundcube 1.6.5 (the class rcube_html2text, Debian 12): numbered lists become bullets, heads of tables capitals, and "&euro;" three letters.
#
# Guess: <ol start="3"> is "3. …" in the text part, cells of a row stand on one line, and letters stay what they are; "5 &euro;" is "5 €".
# Seen:  each item is a "*"; each cell has a line; <th> and <h1> are in capitals, so that "order aB-12" is "ORDER AB-12" and "Straße" is "STRASSE";
# &euro; is EUR and &mdash; two hyphens, while € and — stay when they are typed as such.
# Hurts: "do step 3 again" has no step 3 in what the customer reads, and a code that minds its case is wrong.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show roundcube-core >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php8.2-cli php8.2-common php8.2-mbstring php8.2-xml libxml2 roundcube-core=1.6.5+dfsg-1+deb12u13 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
php() { LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu) "$root/bin/php8.2" -n -d extension_dir="$(echo "$root"/lib/php/2*)" "$@"; }

cat >try.php <<'CODE'
<?php
define('RCUBE_CHARSET', 'UTF-8');
require $argv[1];
foreach (['<ol><li>Open it<li>Look</ol>', '<ol start="3"><li>Press</ol>', '<table><tr><th>order aB-12</th><td>5 &euro;</td></tr></table>', '<h1>Straße</h1>', '<p>5 &euro; &mdash; 7 €</p>', '<p>see <a href="https://example.com/a">here</a></p>'] as $html)
  echo $html, ' -> ', json_encode((new rcube_html2text($html, false, true, 75))->get_text(), JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), "\n";
CODE

cat >expected <<'SEEN'
<ol><li>Open it<li>Look</ol> -> "\t* Open it\n\t* Look\n\n"
<ol start="3"><li>Press</ol> -> "\t* Press\n\n"
<table><tr><th>order aB-12</th><td>5 &euro;</td></tr></table> -> "\t\tORDER AB-12\n\t\t5 EUR\n\n"
<h1>Straße</h1> -> "STRASSE\n\n"
<p>5 &euro; &mdash; 7 €</p> -> "5 EUR -- 7 €"
<p>see <a href="https://example.com/a">here</a></p> -> "see here [1]\n\nLinks:\n------\n[1] https://example.com/a\n"
SEEN
php -d extension=mbstring try.php "$root/share/roundcube/program/lib/Roundcube/rcube_html2text.php" | tee seen
diff expected seen && echo 'as described'
