#!/usr/bin/env bash
# sabre/vobject 2.1.7 (PHP, in Debian 12): a comma is read with its backslash, and is written with two.
#
# Guess: what is read is unescaped, what is written is escaped, so the text stays the same (RFC 5545 section 3.3.11).
# Seen:  only the line break is undone when read; written again, the backslash is escaped and the comma is not, so that the text has changed for good.
# Hurts: titles of appointments and names of contacts show backslashes, to others too once they were saved.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show php-sabre-vobject >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php-sabre-vobject=2.1.7-6.1 php8.2-cli php8.2-mbstring >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
php=$(ls "$root"/bin/php8.2 2>/dev/null || command -v php8.2)
modules=$(find "$root/lib/php" /usr/lib/php -maxdepth 1 -name '2022*' 2>/dev/null | head -n 1 || true)
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu)
php() { "$php" -n -d extension_dir="$modules" -d extension=mbstring -d extension=iconv -d extension=ctype -d include_path="$root/share/php" -d error_reporting=8183 "$@"; }

cat >try.php <<'CODE'
<?php
require 'Sabre/VObject/includes.php';
use Sabre\VObject\Reader;
$text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:a\\, b\\; c\\nd\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
for ($round = 1; $round <= 2; $round++) {
  $calendar = Reader::read($text);
  echo "read $round: ", json_encode((string) $calendar->VEVENT->SUMMARY), "\n";
  $text = $calendar->serialize();
  preg_match('/^SUMMARY.*$/m', $text, $line);
  echo "write $round: ", trim($line[0]), "\n";
}
CODE

cat >expected <<'SEEN'
read 1: "a\\, b\\; c\nd"
write 1: SUMMARY:a\\, b\\; c\nd
read 2: "a\\, b\\; c\nd"
write 2: SUMMARY:a\\, b\\; c\nd
SEEN
php try.php | tee seen
diff expected seen && echo 'as described'
