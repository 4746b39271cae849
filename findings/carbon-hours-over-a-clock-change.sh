#!/usr/bin/env bash
# x
#
# Guess: x
# Seen:  x
# Hurts: x
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
$at = fn($text) => Carbon\Carbon::parse($text);
foreach ([['2026-03-28 12:00', '2026-03-29 12:00'], ['2026-10-24 12:00', '2026-10-25 12:00'], ['2026-03-29 01:30', '2026-03-29 03:30'], ['2026-10-25 01:30', '2026-10-25 03:30'], ['2026-10-25 00:30', '2026-10-25 02:30']] as [$from, $to])
  echo "$from to $to -> diffInHours ", $at($from)->diffInHours($at($to)), ', diffInRealHours ', $at($from)->diffInRealHours($at($to)), ', diffInMinutes ', $at($from)->diffInMinutes($at($to)), ', diffInSeconds ', $at($from)->diffInSeconds($at($to)),', floatDiffInHours ', $at($from)->floatDiffInHours($at($to)), ', timestamps ', ($at($to)->timestamp - $at($from)->timestamp) / 3600, "\n";
foreach (['2026-03-28 12:00', '2026-10-24 12:00','2026-10-25 01:30','2026-03-29 01:30'] as $from) echo "$from + 24 hours -> ", $at($from)->addHours(24)->format('d. H:i'), ', addRealHours(24) ', $at($from)->addRealHours(24)->format('d. H:i'), ', + 2 hours ', $at($from)->addHours(2)->format('d. H:i T'), ', addMinutes(90) ', $at($from)->addMinutes(90)->format('d. H:i T'), "\n";
CODE

cat >expected <<'SEEN'
2026-03-28 12:00 to 2026-03-29 12:00 -> diffInHours 24, diffInRealHours 23, diffInMinutes 1440, diffInSeconds 86400, floatDiffInHours 24, timestamps 23
2026-10-24 12:00 to 2026-10-25 12:00 -> diffInHours 24, diffInRealHours 25, diffInMinutes 1440, diffInSeconds 86400, floatDiffInHours 24, timestamps 25
2026-03-29 01:30 to 2026-03-29 03:30 -> diffInHours 1, diffInRealHours 1, diffInMinutes 60, diffInSeconds 3600, floatDiffInHours 1, timestamps 1
2026-10-25 01:30 to 2026-10-25 03:30 -> diffInHours 3, diffInRealHours 3, diffInMinutes 180, diffInSeconds 10800, floatDiffInHours 3, timestamps 3
2026-10-25 00:30 to 2026-10-25 02:30 -> diffInHours 3, diffInRealHours 3, diffInMinutes 180, diffInSeconds 10800, floatDiffInHours 3, timestamps 3
2026-03-28 12:00 + 24 hours -> 29. 12:00, addRealHours(24) 29. 13:00, + 2 hours 28. 14:00 CET, addMinutes(90) 28. 13:30 CET
2026-10-24 12:00 + 24 hours -> 25. 12:00, addRealHours(24) 25. 11:00, + 2 hours 24. 14:00 CEST, addMinutes(90) 24. 13:30 CEST
2026-10-25 01:30 + 24 hours -> 26. 01:30, addRealHours(24) 26. 00:30, + 2 hours 25. 03:30 CET, addMinutes(90) 25. 03:00 CET
2026-03-29 01:30 + 24 hours -> 30. 01:30, addRealHours(24) 30. 02:30, + 2 hours 29. 03:30 CEST, addMinutes(90) 29. 03:00 CEST
SEEN
php -d extension=mbstring try.php | tee seen
diff expected seen && echo 'as described'
