#!/usr/bin/env bash
# Carbon 2.65 (PHP): "2.11.26" is eleven minutes past two today, "17.30" is a moment in 1970, "2026" is 20:26, and a date with the wrong weekday is moved.
#
# Guess: 02.11.2026 is a date, so 2.11.26 is one too; a number without unit is refused; the weekday of a mail's date is only for readers, or has to be right
# (RFC 5322 section 3.3).
# Seen:  with two digits in the year dots are those of a time; "8.5" and "17.30" are seconds since 1970; four digits are a time if they can be; "first day"
# is tomorrow; of "Mon, 3 Nov 2026", a Tuesday, it makes Monday the 9th.
# Hurts: due dates typed by people, and the times of letters whose program writes a wrong weekday.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show php-nesbot-carbon >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php-nesbot-carbon=2.65.0-1+deb12u1 php8.2-cli php8.2-common php8.2-mbstring php-symfony-translation php-symfony-translation-contracts php-symfony-polyfill-php80 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
php() { LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu):$root/lib "$root/bin/php8.2" -n -d extension_dir="$(echo "$root"/lib/php/2*)" "$@"; }

cat >try.php <<'CODE'
<?php
error_reporting(E_ALL & ~E_DEPRECATED);
spl_autoload_register(function ($class) { foreach ([str_replace('\\', '/', $class), preg_replace('~^Symfony/Contracts~', 'Symfony/Contracts', str_replace('\\', '/', $class))] as $path) { $file = __DIR__ . '/root/usr/share/php/' . $path . '.php'; if (is_file($file)) { require_once $file; return; } } });
date_default_timezone_set('UTC');
Carbon\Carbon::setTestNow('2026-11-02 10:00:00');
foreach (['02.11.2026', '2.11.26', '10.11.12', '02-11-26', '17:30', '17.30', '8.5', '1730', '2026', 'tomorrow noon', 'noon tomorrow', 'first day', 'Mon, 2 Nov 2026 12:00:00 +0000', 'Mon, 3 Nov 2026 12:00:00 +0000', '31 Feb 2026'] as $text) echo $text, ' -> ', Carbon\Carbon::parse($text)->format('D Y-m-d H:i:s'), "\n";
CODE

cat >expected <<'SEEN'
02.11.2026 -> Mon 2026-11-02 00:00:00
2.11.26 -> Mon 2026-11-02 02:11:26
10.11.12 -> Mon 2026-11-02 10:11:12
02-11-26 -> Tue 2002-11-26 00:00:00
17:30 -> Mon 2026-11-02 17:30:00
17.30 -> Thu 1970-01-01 00:00:17
8.5 -> Thu 1970-01-01 00:00:08
1730 -> Mon 2026-11-02 17:30:00
2026 -> Mon 2026-11-02 20:26:00
tomorrow noon -> Tue 2026-11-03 12:00:00
noon tomorrow -> Tue 2026-11-03 00:00:00
first day -> Tue 2026-11-03 10:00:00
Mon, 2 Nov 2026 12:00:00 +0000 -> Mon 2026-11-02 12:00:00
Mon, 3 Nov 2026 12:00:00 +0000 -> Mon 2026-11-09 12:00:00
31 Feb 2026 -> Tue 2026-03-03 00:00:00
SEEN
php -d extension=mbstring try.php | tee seen
diff expected seen && echo 'as described'
