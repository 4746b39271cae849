#!/usr/bin/env bash
# PHP 8.2 (imap extension): imap_utf8() makes "102 m" of the encoded subject "10² m", and two signs of each umlaut; a subject that is not encoded stays as it is.
#
# Guess: the text that the sender wrote, in UTF-8: an encoded word and the same words as they are give one string.
# Seen:  decoded words are decomposed by compatibility: ü is u and a combining mark, ² is 2, ½ is 1, a fraction slash and 2, ™ is TM, a hard blank is a blank,
# ﬁ is fi. strlen says more, === says no.
# Hurts: "10² m" is "102 m" in the ticket; a subject, a file name or a customer's name is not found by those who type it, and a thread kept by subject breaks in two.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show php8.2-imap >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php8.2-imap=8.2.36-1~deb12u1 php8.2-cli php8.2-common libc-client2007e mlock >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
php() { LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu):$root/lib "$root/bin/php8.2" -n -d extension_dir="$(echo "$root"/lib/php/2*)" "$@"; }

cat >try.php <<'CODE'
<?php
foreach (['Größe', 'Fläche 10² m', '2½ Tage', 'Lampe™', 'Preis 20 €', 'Büro ﬁx', "1\u{a0}000", 'Ⅳ', 'こんにちは', 'ガス', '한국어', 'Ａｎｎａ'] as $text) {
  $read = imap_utf8('=?utf-8?B?' . base64_encode($text) . '?=');
  echo $text, ' -> ', $read, $read === $text ? '' : ' (' . bin2hex($text) . ' -> ' . bin2hex($read) . ')', imap_utf8($text) === $text ? '' : ', also when it is not encoded', "\n";
}
CODE

cat >expected <<'SEEN'
Größe -> Größe (4772c3b6c39f65 -> 47726fcc88c39f65)
Fläche 10² m -> Fläche 102 m (466cc3a4636865203130c2b2206d -> 466c61cc8863686520313032206d)
2½ Tage -> 21⁄2 Tage (32c2bd2054616765 -> 3231e28184322054616765)
Lampe™ -> LampeTM (4c616d7065e284a2 -> 4c616d7065544d)
Preis 20 € -> Preis 20 €
Büro ﬁx -> Büro fix (42c3bc726f20efac8178 -> 4275cc88726f20666978)
1 000 -> 1 000 (31c2a0303030 -> 3120303030)
Ⅳ -> IV (e285a3 -> 4956)
こんにちは -> こんにちは
ガス -> ガス (e382ace382b9 -> e382abe38299e382b9)
한국어 -> 한국어
Ａｎｎａ -> Anna (efbca1efbd8eefbd8eefbd81 -> 416e6e61)
SEEN
php -d extension=imap try.php | tee seen
diff expected seen && echo 'as described'
