#!/usr/bin/env bash
# DateTime::Format::Mail 0.4030 (Perl): a date with "(CET)" at its end is refused unless one asks for loose parsing, and "Z" or -0000 is the local time of nowhere.
#
# Guess: comments are part of the format (RFC 5322 section 3.3 ends in CFWS), names of days count in any case, the blank behind the comma is optional; -0000 is UTC of an unknown zone.
# Seen:  strict, the default, refuses all three, and seconds left out; loose takes these. -0000 and Z become a "floating" time, which is compared as UTC and printed without a zone. :60 is an error
# in both.
# Hurts: the letters of half of all servers have no date, or a program falls back to the time of arrival.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libdatetime-format-mail-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libdatetime-format-mail-perl=0.4030-3 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36)

cat >try.pl <<'PERL'
use strict;
use warnings;
use DateTime::Format::Mail;
my %parser = (strict => DateTime::Format::Mail->new, loose => DateTime::Format::Mail->new->loose);
for my $date ('Mon, 2 Nov 2026 10:00:00 +0100', 'Mon, 2 Nov 2026 10:00:00 +0100 (CET)', 'Mon, 2 Nov 2026 10:00 +0100', 'mon, 2 nov 2026 10:00:00 +0100', 'Mon,2 Nov 2026 10:00:00 +0100', 'Mon, 2 Nov 2026 10:00:00 -0000', 'Mon, 2 Nov 2026 10:00:60 +0000') {
    print $date;
    for my $way ('strict', 'loose') {
        my $time = eval { $parser{$way}->parse_datetime($date) };
        print "; $way: ", $time ? $time->strftime('%H:%M ') . $time->time_zone->name : 'refused';
    }
    print "\n";
}
PERL

cat >expected <<'SEEN'
Mon, 2 Nov 2026 10:00:00 +0100; strict: 10:00 +0100; loose: 10:00 +0100
Mon, 2 Nov 2026 10:00:00 +0100 (CET); strict: refused; loose: 10:00 +0100
Mon, 2 Nov 2026 10:00 +0100; strict: refused; loose: 10:00 +0100
mon, 2 nov 2026 10:00:00 +0100; strict: refused; loose: 10:00 +0100
Mon,2 Nov 2026 10:00:00 +0100; strict: refused; loose: 10:00 +0100
Mon, 2 Nov 2026 10:00:00 -0000; strict: 10:00 floating; loose: 10:00 floating
Mon, 2 Nov 2026 10:00:60 +0000; strict: refused; loose: refused
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
