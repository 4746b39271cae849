#!/usr/bin/env bash
# Email::Address::List 0.06, Email::Address 1.913 and Email::Address::XS 1.05 (Perl): anna@example.com <anna@example.com>, as Outlook writes it, has no
# address, is called "example.com", or is not valid, by turns.
#
# Guess: a name that is an address ought to be in quotes (RFC 5322 section 3.4), but all three take the address in the angle brackets.
# Seen:  the first, with which Request Tracker looks for its requestors, calls it "unknown"; the second gives the name example.com; the third the right
# address with is_valid false. The same three differ about a name with brackets.
# Hurts: letters of people whose program has no name for them get no requestor, or are dropped as not valid.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libemail-address-list-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libemail-address-list-perl=0.06-2 libemail-address-perl=1.913-1 libemail-address-xs-perl=1.05-1+b1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36) TZ=UTC

cat >try.pl <<'CODE'
use strict; use warnings; use Email::Address::List; use Email::Address; use Email::Address::XS;
sub said { my ($address, $name) = @_; return ($address // 'no address') . ' "' . ($name // '') . '"'; }
for my $from ('Anna Berg <anna@example.com>', 'anna@example.com <anna@example.com>', 'Anna Berg [Desk] <anna@example.com>') {
  print "$from\n";
  print '  List ', join(', ', map { $_->{type} . ' ' . (ref $_->{value} ? said($_->{value}->address, $_->{value}->phrase) : '') } Email::Address::List->parse($from)), "\n";
  print '  old  ', join(', ', map { said($_->address, $_->name) } Email::Address->parse($from)), "\n";
  print '  XS   ', join(', ', map { said($_->address, $_->name) . ($_->is_valid ? ' valid' : ' not valid') } Email::Address::XS->parse($from)), "\n"; }
CODE

cat >expected <<'SEEN'
Anna Berg <anna@example.com>
  List mailbox anna@example.com "Anna Berg"
  old  anna@example.com "Anna Berg"
  XS   anna@example.com "Anna Berg" valid
anna@example.com <anna@example.com>
  List unknown 
  old  anna@example.com "example.com"
  XS   anna@example.com "anna" not valid
Anna Berg [Desk] <anna@example.com>
  List unknown 
  old  anna@example.com "anna"
  XS   no address "Anna" not valid
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
