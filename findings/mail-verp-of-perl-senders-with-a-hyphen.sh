#!/usr/bin/env bash
# Mail::Verp 0.06 (Perl): a return address made for desk-bounces@example.net is read back as another recipient, bounces-anna@example.com.
#
# Guess: decode gives the two addresses that encode was given, whatever is in them.
# Seen:  the sender is taken to end at its first hyphen, which encode does not encode (those of the recipient it does). Plus signs survive.
# Hurts: each returned letter marks an address that nobody wrote to, and the one that cannot be reached is written to again.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libmail-verp-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libmail-verp-perl=0.06+dfsg-4 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36) TZ=UTC

cat >try.pl <<'CODE'
use strict; use warnings; use Mail::Verp;
my $verp = Mail::Verp->new;
for my $pair (['desk@example.net', 'anna@example.com'], ['desk@example.net', 'anna-maria@example.com'], ['desk+a@example.net', 'anna@example.com'], ['desk-bounces@example.net', 'anna@example.com']) {
  my $made = $verp->encode(@$pair); print "@$pair -> $made -> @{[$verp->decode($made)]}\n"; }
CODE

cat >expected <<'SEEN'
desk@example.net anna@example.com -> desk-anna=example.com@example.net -> desk@example.net anna@example.com
desk@example.net anna-maria@example.com -> desk-anna+2Dmaria=example.com@example.net -> desk@example.net anna-maria@example.com
desk+a@example.net anna@example.com -> desk+a-anna=example.com@example.net -> desk+a@example.net anna@example.com
desk-bounces@example.net anna@example.com -> desk-bounces-anna=example.com@example.net -> desk@example.net bounces-anna@example.com
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
