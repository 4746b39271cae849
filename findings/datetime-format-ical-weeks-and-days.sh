#!/usr/bin/env bash
# DateTime::Format::ICal 0.09 (Perl): 15 days are written as +P2W1D, which is no duration of iCalendar, and a day becomes its midnight.
#
# Guess: P15D comes out as P15D: weeks stand alone (RFC 5545 section 3.3.6: dur-week is a form of its own). 20261102, a whole day, stays one.
# Seen:  +P2W1D, +P1WT1H; eight days are +P1W1D. A whole day is read as 00:00 and written as 20261102T000000. P1D and P2W are well.
# Hurts: a program that keeps to the RFC refuses the event or its alarm; whole days become appointments at midnight.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libdatetime-format-ical-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libdatetime-format-ical-perl=0.09-3 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36)

cat >try.pl <<'CODE'
use strict; use warnings;
use DateTime::Format::ICal;
my $format = 'DateTime::Format::ICal';
print "$_ -> ", $format->format_duration($format->parse_duration($_)), "\n" for 'P1D', 'P2W', 'P8D', 'P15D', 'P10DT2H', 'P7DT1H';
print "$_ -> ", $format->format_datetime($format->parse_datetime($_)), "\n" for '20261102', '20261102T100000Z', 'TZID=Europe/Berlin:20261102T100000';
CODE

cat >expected <<'SEEN'
P1D -> +P1D
P2W -> +P2W
P8D -> +P1W1D
P15D -> +P2W1D
P10DT2H -> +P1W3DT2H
P7DT1H -> +P1WT1H
20261102 -> 20261102T000000
20261102T100000Z -> 20261102T100000Z
TZID=Europe/Berlin:20261102T100000 -> TZID=Europe/Berlin:20261102T100000
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
