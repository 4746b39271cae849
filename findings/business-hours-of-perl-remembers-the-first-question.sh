#!/usr/bin/env bash
# Business::Hours 0.13 (Perl, of Request Tracker's authors): an object answers -1 to all questions that reach beyond its first one, and an hour has 3,601
# seconds.
#
# Guess: between(9:00, 10:00) is 3600, and one object answers many questions.
# Seen:  the hours are computed once, for the span of the first question; a later start or end beyond it gives -1, and only a new object answers. Both ends
# are counted. An hour added on Friday at 17:00 is Monday 9:00, not Friday 18:00, when work ends.
# Hurts: a report over many tickets has the right time for the first and -1 for the rest, which sorts as the fastest answers of all.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libbusiness-hours-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libbusiness-hours-perl=0.13-2 libset-intspan-perl >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36) TZ=UTC

cat >try.pl <<'CODE'
use strict; use warnings; use Business::Hours; use Time::Local 'timegm'; use POSIX 'strftime';
my $one = Business::Hours->new;
sub at { my ($day, $hour) = @_; return timegm(0, 0, $hour, $day, 10, 2026); } sub shown { return strftime '%a %H:%M', gmtime $_[0]; }
for ([[9, 9], [9, 10]], [[9, 9], [9, 17]], [[9, 9], [9, 20]], [[6, 17], [9, 10]]) { my ($from, $to) = map { at(@$_) } @$_;
  print shown($from), ' to ', shown($to), ': the same object ', $one->between($from, $to), ', a new one ', Business::Hours->new->between($from, $to), "\n"; }
print 'Fri 17:00 and one hour: ', shown(Business::Hours->new->add_seconds(at(6, 17), 3600)), "\n";
CODE

cat >expected <<'SEEN'
Mon 09:00 to Mon 10:00: the same object 3601, a new one 3601
Mon 09:00 to Mon 17:00: the same object -1, a new one 28801
Mon 09:00 to Mon 20:00: the same object -1, a new one 32400
Fri 17:00 to Mon 10:00: the same object -1, a new one 7201
Fri 17:00 and one hour: Mon 09:00
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
