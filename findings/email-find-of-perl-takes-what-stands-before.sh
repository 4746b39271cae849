#!/usr/bin/env bash
# Email::Find 0.10 (Perl): of ?email=anna@example.com the address is "email=anna@example.com", and pictures and Message-IDs are addresses too.
#
# Guess: the address ends at signs that nobody has in an address; with a link before the user's name it is skipped.
# Seen:  all that a local part may have (RFC 5322: / = | and others) is taken to it, so "to/anna@example.com" and "//anna@example.com" are addresses. Brackets
# and the full stop at the end are left out, as one wishes.
# Hurts: addresses collected from letters are wrong where they stand in links, in lists with slashes, or after an equals sign.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libemail-find-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libemail-find-perl=0.10-dfsg-4 libemail-valid-perl libmailtools-perl libemail-address-perl libnet-dns-perl libio-captureoutput-perl libnet-domain-tld-perl libtimedate-perl >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36) TZ=UTC

cat >try.pl <<'CODE'
use strict; use warnings; use Email::Find;
for my $text ('Write to (anna@example.com).', 'https://example.net/leave?email=anna@example.com', 'https://anna@example.com/inbox', 'Cc: bob@example.com/anna@example.com', 'sales|anna@example.com', '<img src="cid:image001.png@01D9ABCD.12345678">', 'Message-ID: <20261102.7@mail.example.com>') {
  my ($copy, @found) = $text; Email::Find->new(sub { push @found, $_[0]->address; $_[1] })->find(\$copy); print "$text -> @found\n"; }
CODE

cat >expected <<'SEEN'
Write to (anna@example.com). -> anna@example.com
https://example.net/leave?email=anna@example.com -> //example.net/leave?email=anna@example.com
https://anna@example.com/inbox -> //anna@example.com
Cc: bob@example.com/anna@example.com -> bob@example.com /anna@example.com
sales|anna@example.com -> sales|anna@example.com
<img src="cid:image001.png@01D9ABCD.12345678"> -> image001.png@01D9ABCD.12345678
Message-ID: <20261102.7@mail.example.com> -> 20261102.7@mail.example.com
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
