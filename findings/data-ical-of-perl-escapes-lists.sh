#!/usr/bin/env bash
# Data::ICal 0.24 (Perl): the commas of a list become part of a value when a calendar is read and written again.
#
# Guess: what is read from CATEGORIES:Work,Home or EXDATE with two times is written as it was; commas of texts stay escaped (RFC 5545 section 3.3.11).
# Seen:  CATEGORIES:Work\,Home, one category, and EXDATE:20261102T100000Z\,20261103T100000Z, which is no time at all. RRULE and GEO are left alone.
# Hurts: the exceptions of a series are lost, and cancelled meetings stand in the calendar again.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libdata-ical-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libdata-ical-perl=0.24+dfsg-2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36)

cat >try.pl <<'CODE'
use strict; use warnings;
use Data::ICal;
for my $line ('CATEGORIES:Work,Home', 'EXDATE:20261102T100000Z,20261103T100000Z', 'RESOURCES:Room,Screen', 'REQUEST-STATUS:2.0;Success', 'SUMMARY:a\, b', 'RRULE:FREQ=WEEKLY;BYDAY=MO,WE', 'GEO:52.5;13.4') {
  my $calendar = Data::ICal->new(data => join "\r\n", 'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:1', $line, 'END:VEVENT', 'END:VCALENDAR', '');
  my ($name) = $line =~ /^([A-Z-]+)/;
  print "$line -> ", (grep { /^\Q$name/ } split /\r?\n/, $calendar->as_string), "\n";
}
CODE

cat >expected <<'SEEN'
CATEGORIES:Work,Home -> CATEGORIES:Work\,Home
EXDATE:20261102T100000Z,20261103T100000Z -> EXDATE:20261102T100000Z\,20261103T100000Z
RESOURCES:Room,Screen -> RESOURCES:Room\,Screen
REQUEST-STATUS:2.0;Success -> REQUEST-STATUS:2.0\;Success
SUMMARY:a\, b -> SUMMARY:a\, b
RRULE:FREQ=WEEKLY;BYDAY=MO,WE -> RRULE:FREQ=WEEKLY;BYDAY=MO,WE
GEO:52.5;13.4 -> GEO:52.5;13.4
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
