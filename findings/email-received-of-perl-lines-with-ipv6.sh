#!/usr/bin/env bash
# Email::Received 1.00 (Perl; the reader of SpamAssassin as a module): a Received line with an IPv6 address is not read at all, and a name with its dot is left out.
#
# Guess: from, by, id and the address are there for each of the big servers (RFC 5321 section 4.4), whatever kind of address it is.
# Seen:  what Exchange Online writes about its own servers gives nothing, and neither does Postfix with [IPv6:…]; "mail-ed1-f41.example.net." of Gmail gives no rdns.
# Hurts: who looks for the first server outside, to trust its results or to show the way of a letter, passes over each hop by IPv6, and takes the next one for it.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libemail-received-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libemail-received-perl=1.00-3 libregexp-common-perl=2017060201-3 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5 TZ=UTC

cat >try.pl <<'CODE'
use strict; use warnings; use Email::Received;
my %lines = (
  Postfix => 'from mx.example.net (mx.example.net [192.0.2.1]) by mail.example.com (Postfix) with ESMTPS id 4Xb2 for <desk@example.com>; Mon, 30 Nov 2026 10:00:00 +0100 (CET)',
  Exchange => 'from AM0PR01MB1234.example.com (2001:db8:208::14) by VI1PR01MB1234.example.com (2001:db8:800::22) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.8901.24; Mon, 30 Nov 2026 09:00:00 +0000',
  'Exchange, IPv4' => 'from mx.example.net (192.0.2.1) by AM0PR01MB1234.example.com (192.0.2.9) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.8901.24 via Frontend Transport; Mon, 30 Nov 2026 09:00:00 +0000',
  Gmail => 'from mail-ed1-f41.example.net (mail-ed1-f41.example.net. [192.0.2.41]) by mx.example.com with ESMTPS id 4fb4d7f45d1cf for <desk@example.com>; Mon, 30 Nov 2026 01:00:00 -0800 (PST)',
  'Postfix, IPv6' => 'from mx.example.net (mx.example.net [IPv6:2001:db8::1]) by mail.example.com (Postfix) with ESMTPS id 4Xb3 for <desk@example.com>; Mon, 30 Nov 2026 10:00:00 +0100 (CET)');
for my $name (sort keys %lines) { my $found = parse_received($lines{$name});
  print "$name: ", (ref $found && $found->{by} ? join ', ', map { "$_ " . ($found->{$_} || 'none') } qw(by helo ip rdns id) : 'nothing'), "\n" }
CODE

cat >expected <<'SEEN'
Exchange: nothing
Exchange, IPv4: by AM0PR01MB1234.example.com, helo mx.example.net, ip 192.0.2.1, rdns mx.example.net, id 15.20.8901.24
Gmail: by mx.example.com, helo mail-ed1-f41.example.net, ip 192.0.2.41, rdns none, id 4fb4d7f45d1cf
Postfix: by mail.example.com, helo mx.example.net, ip 192.0.2.1, rdns mx.example.net, id 4Xb2
Postfix, IPv6: nothing
SEEN
perl try.pl 2>&1 | tee seen
diff expected seen && echo 'as described'
