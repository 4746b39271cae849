#!/usr/bin/env bash
# Horde_Mail 2.6.6 (PHP, Debian 12): an address behind an empty place or a semicolon begins with a blank, a name in a comment is lost, and one with a source route is nobody.
#
# Guess: empty places are skipped (RFC 5322 section 4.4), the comment behind an address is its name where there is no other, a source route is dropped and the address stays.
# Seen:  " bob@example.com"; no name; an empty list without an exception. bare_address of a quoted local part has lost its quotes and is no address any more.
# Hurts: the second recipient is another contact than the first time, and no server takes the answer.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show php-horde-mime >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php8.2-cli php8.2-common php8.2-mbstring php-horde-mime=2.11.2-2 php-horde-mail=2.6.6-5 php-horde-exception php-horde-listheaders php-horde-stream php-horde-stream-filter php-horde-stream-wrapper php-horde-support php-horde-text-flowed php-horde-translation php-horde-util libpcre2-8-0 libxml2 libsodium23 libargon2-1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PHP_ROOT=$work/root/usr/share/php LD_LIBRARY_PATH=$(echo "$work"/root/usr/lib/*-linux-gnu)
php() { "$work/root/usr/bin/php8.2" -n -d extension_dir="$(echo "$work"/root/usr/lib/php/2*)" -d extension=ctype -d extension=mbstring -d extension=iconv -d error_reporting=0 "$@"; }

cat >try.php <<'PHP'
<?php
spl_autoload_register(function ($name) { $file = getenv('PHP_ROOT') . '/' . str_replace(['_', '\\'], '/', $name) . '.php'; if (is_file($file)) require $file; });
$parser = new Horde_Mail_Rfc822();
foreach (['Anna Berg <anna@example.com>', 'anna@example.com (Anna Berg)', 'anna@example.com, , bob@example.com', 'anna@example.com; bob@example.com', '<@relay.example:anna@example.com>', '"anna berg"@example.com'] as $text) {
    $found = [];
    foreach ($parser->parseAddressList($text) as $one) $found[] = [$one->personal, $one->bare_address];
    echo $text, "\n  ", json_encode($found), "\n";
}
PHP

cat >expected <<'SEEN'
Anna Berg <anna@example.com>
  [["Anna Berg","anna@example.com"]]
anna@example.com (Anna Berg)
  [[null,"anna@example.com"]]
anna@example.com, , bob@example.com
  [[null,"anna@example.com"],[null," bob@example.com"]]
anna@example.com; bob@example.com
  [[null,"anna@example.com"],[null," bob@example.com"]]
<@relay.example:anna@example.com>
  []
"anna berg"@example.com
  [[null,"anna berg@example.com"]]
SEEN
php try.php | tee seen
diff expected seen && echo 'as described'
