#!/usr/bin/env bash
# PHP 8.2: in the night in which clocks change, "+2 hours" and PT2H lead to different times, and a period of hours leaves out the hour that comes twice.
#
# Guess: hours, minutes and seconds are time that passes, however they are written; since 8.1 both count so.
# Seen:  modify, strtotime and a text with "+2 hours" (or "+7200 seconds") count by the clock on the wall, add with PT2H by time that passes, and DatePeriod
# with PT1H by the wall again.
# Hurts: an escalation computed in one place and checked in another is an hour off; jobs planned by a period miss an hour.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show php8.2-cli >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php8.2-cli php8.2-common >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
php() { LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu):$root/lib "$root/bin/php8.2" -n -d extension_dir="$(echo "$root"/lib/php/2*)" "$@"; }

cat >try.php <<'CODE'
<?php
date_default_timezone_set('Europe/Berlin');
foreach (['2026-03-29 01:30', '2026-10-25 01:30', '2026-10-24 12:00'] as $from) {
  foreach (['+2 hours' => 'PT2H', '+7200 seconds' => 'PT7200S', '+24 hours' => 'PT24H'] as $words => $interval) {
    $at = new DateTimeImmutable($from);
    echo $at->format('d.m. H:i T'), " $words -> modify ", $at->modify($words)->format('d. H:i T'), ', strtotime ', date('d. H:i T', strtotime("$from $words")), ", add $interval ", $at->add(new DateInterval($interval))->format('d. H:i T'), "\n";
  }
}
echo 'DatePeriod of PT1H ->';
foreach (new DatePeriod(new DateTime('2026-10-25 00:30'), new DateInterval('PT1H'), 4) as $one) echo ' ', $one->format('H:i T');
echo "\n";
CODE

cat >expected <<'SEEN'
29.03. 01:30 CET +2 hours -> modify 29. 03:30 CEST, strtotime 29. 03:30 CEST, add PT2H 29. 04:30 CEST
29.03. 01:30 CET +7200 seconds -> modify 29. 03:30 CEST, strtotime 29. 03:30 CEST, add PT7200S 29. 04:30 CEST
29.03. 01:30 CET +24 hours -> modify 30. 01:30 CEST, strtotime 30. 01:30 CEST, add PT24H 30. 02:30 CEST
25.10. 01:30 CEST +2 hours -> modify 25. 03:30 CET, strtotime 25. 03:30 CET, add PT2H 25. 02:30 CET
25.10. 01:30 CEST +7200 seconds -> modify 25. 03:30 CET, strtotime 25. 03:30 CET, add PT7200S 25. 02:30 CET
25.10. 01:30 CEST +24 hours -> modify 26. 01:30 CET, strtotime 26. 01:30 CET, add PT24H 26. 00:30 CET
24.10. 12:00 CEST +2 hours -> modify 24. 14:00 CEST, strtotime 24. 14:00 CEST, add PT2H 24. 14:00 CEST
24.10. 12:00 CEST +7200 seconds -> modify 24. 14:00 CEST, strtotime 24. 14:00 CEST, add PT7200S 24. 14:00 CEST
24.10. 12:00 CEST +24 hours -> modify 25. 12:00 CET, strtotime 25. 12:00 CET, add PT24H 25. 11:00 CET
DatePeriod of PT1H -> 00:30 CEST 01:30 CEST 02:30 CEST 03:30 CET 04:30 CET
SEEN
php try.php | tee seen
diff expected seen && echo 'as described'
