#!/usr/bin/env bash
# Date::Parse 2.33 (TimeDate of Perl): 02.11.2026 is the 11th of February, 25.11.2026 is no date, and neither is the second 60 of a mail.
#
# Guess: with dots the day comes first, as everybody writes who writes dots; 2 Nov 69 is 1969 (RFC 5322 section 4.3: 50 to 99 are of the last century),
# and :60 is allowed (section 3.3).
# Seen:  with dots the month comes first as with slashes, and what has no such month is undef; 69 is 2069; :60 and the zone "IST" are undef; MEZ is known.
# Hurts: of the dates that people with dots write, those up to the 12th are months off, and the others are missing.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libtimedate-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libtimedate-perl=2.3300-2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5 TZ=UTC

cat >try.pl <<'CODE'
use strict; use warnings; use Date::Parse; use POSIX 'strftime';
for ('11/02/2026', '02.11.2026', '25.11.2026', '25/11/2026', 'Mon, 2 Nov 69 10:00:00 GMT', 'Mon, 2 Nov 1969 10:00:00 GMT', 'Mon, 2 Nov 2026 10:00:60 +0000', 'Mon, 2 Nov 2026 10:00:00 MEZ', 'Mon, 2 Nov 2026 10:00:00 IST') {
  my $time = str2time($_); print "$_ -> ", defined $time ? strftime('%Y-%m-%d %H:%M', gmtime $time) : 'undef', "\n"; }
CODE

cat >expected <<'SEEN'
11/02/2026 -> 2026-11-02 00:00
02.11.2026 -> 2026-02-11 00:00
25.11.2026 -> undef
25/11/2026 -> undef
Mon, 2 Nov 69 10:00:00 GMT -> 2069-11-02 10:00
Mon, 2 Nov 1969 10:00:00 GMT -> 1969-11-02 10:00
Mon, 2 Nov 2026 10:00:60 +0000 -> undef
Mon, 2 Nov 2026 10:00:00 MEZ -> 2026-11-02 09:00
Mon, 2 Nov 2026 10:00:00 IST -> undef
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
