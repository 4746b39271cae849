#!/usr/bin/env bash
# Horde Icalendar 2.1 (PHP): reading a series and writing it again turns its exceptions into moments of 1970, and TZID=America/New_York is the machine's own
# zone.
#
# Guess: EXDATE is a time if it looks like one, as DTSTART is; what was read is written as it was; a zone of the IANA without its VTIMEZONE is that zone.
# Seen:  EXDATE is read as a date alone, its year, month and day are then written as three times in UTC with the zone beside them. Without a VTIMEZONE ten
# o'clock in New York is ten o'clock of the server.
# Hurts: invitations that pass through come back with the cancelled days in them, and are shown hours off.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show php-horde-icalendar >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php-horde-icalendar=2.1.8-7 php-horde-date php-horde-exception php-horde-mail php-horde-mime php-horde-stream php-horde-util php-horde-translation php-horde-nls php8.2-cli php8.2-common php8.2-mbstring >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
php() { LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu):$root/lib "$root/bin/php8.2" -n -d extension_dir="$(echo "$root"/lib/php/2*)" "$@"; }

cat >try.php <<'CODE'
<?php
error_reporting(E_ALL & ~E_DEPRECATED);
spl_autoload_register(function ($class) { $file = __DIR__ . '/root/usr/share/php/' . str_replace(['_', '\\'], '/', $class) . '.php'; if (is_file($file)) require_once $file; });
date_default_timezone_set('UTC');
$calendar = new Horde_Icalendar();
$calendar->parsevCalendar(implode("\r\n", ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:1@example.com', 'DTSTAMP:20261001T080000Z', 'DTSTART;TZID=America/New_York:20261102T100000', 'RRULE:FREQ=WEEKLY;COUNT=3', 'EXDATE;TZID=America/New_York:20261109T100000', 'EXDATE:20261116T150000Z', 'END:VEVENT', 'END:VCALENDAR', '']));
[$event] = $calendar->getComponents();
echo 'DTSTART in UTC: ', gmdate('Y-m-d H:i', $event->getAttribute('DTSTART')), "\n";
foreach (preg_grep('/^(DTSTART|RRULE|EXDATE)/', preg_split('/\r\n(?! )/', $calendar->exportvCalendar())) as $line) echo str_replace("\r\n ", '', $line), "\n";
CODE

cat >expected <<'SEEN'
DTSTART in UTC: 2026-11-02 10:00
DTSTART;TZID=America/New_York:20261102T100000
RRULE:FREQ=WEEKLY;COUNT=3
EXDATE;TZID=America/New_York:19700101T003346Z,19700101T000011Z,19700101T000009Z
EXDATE:19700101T003346Z,19700101T000011Z,19700101T000016Z
SEEN
php -d extension=mbstring -d extension=ctype try.php | tee seen
diff expected seen && echo 'as described'
