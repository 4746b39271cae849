#!/usr/bin/env bash
# Carbon 2.65 (PHP 8.2): from noon to noon it is 24 hours and 86,400 seconds also where the clocks change, and "+ 2 hours" in that night are one or three.
#
# Guess: hours, minutes and seconds are time that passes; days are those of the calendar.
# Seen:  diffIn counts by the clock on the wall over two dates and by time that passes within one, add always by the wall; the functions with Real in their
# name, and the difference of two timestamps, count what passed. modify of PHP itself counts by the wall, too.
# Hurts: reminders after 24 hours and times of response are an hour wrong twice a year.
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
spl_autoload_register(function ($class) { $file = __DIR__ . '/root/usr/share/php/' . str_replace('\\', '/', $class) . '.php'; if (is_file($file)) require_once $file; });
date_default_timezone_set('Europe/Berlin');
foreach ([['2026-03-28 12:00', '2026-03-29 12:00'], ['2026-10-24 12:00', '2026-10-25 12:00'], ['2026-10-25 00:30', '2026-10-25 12:00']] as [$from, $to]) {
  [$a, $b] = [Carbon\Carbon::parse($from), Carbon\Carbon::parse($to)];
  echo "$from to $to -> diffInHours ", $a->diffInHours($b), ', diffInRealHours ', $a->diffInRealHours($b), ', diffInSeconds ', $a->diffInSeconds($b), ', timestamps ', $b->timestamp - $a->timestamp, "\n";
}
foreach (['2026-03-29 01:30', '2026-10-25 01:30'] as $from) {
  $a = Carbon\Carbon::parse($from);
  echo $a->format('D d.m. H:i T'), ' and 2 hours -> addHours ', $a->copy()->addHours(2)->format('H:i T'), ', addRealHours ', $a->copy()->addRealHours(2)->format('H:i T'), ', PHP itself ', (new DateTime($from))->modify('+2 hours')->format('H:i T'), "\n";
}
CODE

cat >expected <<'SEEN'
2026-03-28 12:00 to 2026-03-29 12:00 -> diffInHours 24, diffInRealHours 23, diffInSeconds 86400, timestamps 82800
2026-10-24 12:00 to 2026-10-25 12:00 -> diffInHours 24, diffInRealHours 25, diffInSeconds 86400, timestamps 90000
2026-10-25 00:30 to 2026-10-25 12:00 -> diffInHours 12, diffInRealHours 12, diffInSeconds 45000, timestamps 45000
Sun 29.03. 01:30 CET and 2 hours -> addHours 03:30 CEST, addRealHours 04:30 CEST, PHP itself 03:30 CEST
Sun 25.10. 01:30 CEST and 2 hours -> addHours 03:30 CET, addRealHours 02:30 CET, PHP itself 03:30 CET
SEEN
php -d extension=mbstring try.php | tee seen
diff expected seen && echo 'as described'
