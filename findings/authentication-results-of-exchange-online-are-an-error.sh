#!/usr/bin/env bash
# authres 1.2.0 (Python) and Mail::AuthenticationResults 2.20230112 (Perl): the header of Exchange Online is an error, and so is a semicolon at the end.
#
# Guess: a missing name of the server in front, as Microsoft writes it, is tolerated, and so is a last semicolon; what is in ARC-Authentication-Results is
# read too.
# Seen:  authres takes the first method for the server's name and fails over the rest; Perl's fails likewise. With a semicolon at the end authres gives no
# result at all. Of "i=1; mx.example.net; spf=pass" Perl's says that the server's name is i=1.
# Hurts: one who takes an error for "not checked" treats all mail from Microsoft's customers so.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-authres >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3-authres=1.2.0-3 libmail-authenticationresults-perl=2.20230112-1 libscalar-list-utils-perl libjson-perl python3 python3-minimal python3.11-minimal libpython3.11-stdlib >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36) TZ=UTC
export PYTHONPATH=$work/root/usr/lib/python3/dist-packages

cat >headers <<'DATA'
mx.example.net; spf=pass smtp.mailfrom=example.com; dkim=pass header.d=example.com
mx.example.net; spf=pass smtp.mailfrom=example.com;
spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.com; dkim=pass (signature was verified) header.d=example.com;dmarc=pass action=none header.from=example.com;compauth=pass reason=100
i=1; mx.example.net; spf=pass smtp.mailfrom=example.com
DATA
cat >try.py <<'CODE'
import authres
for line in open('headers').read().splitlines():
    try:
        read = authres.AuthenticationResultsHeader.parse('Authentication-Results: ' + line)
        print('authres', line[:40], '->', read.authserv_id, [one.method + '=' + one.result for one in read.results])
    except authres.AuthResError as error:
        print('authres', line[:40], '-> error')
CODE
cat >try.pl <<'CODE'
use strict; use warnings; use Mail::AuthenticationResults::Parser;
open my $headers, '<', 'headers'; while (my $line = <$headers>) { chomp $line; my $read = eval { Mail::AuthenticationResults::Parser->new->parse($line) };
  print 'Perl    ', substr($line, 0, 40), ' -> ', $read ? $read->value->value . ' [' . join(', ', map { $_->key . '=' . ($_->value // '') } @{ $read->search({ isa => 'entry' })->children }) . ']' : 'error', "\n"; }
CODE

cat >expected <<'SEEN'
authres mx.example.net; spf=pass smtp.mailfrom=e -> mx.example.net ['spf=pass', 'dkim=pass']
authres mx.example.net; spf=pass smtp.mailfrom=e -> error
authres spf=pass (sender IP is 192.0.2.1) smtp.m -> error
authres i=1; mx.example.net; spf=pass smtp.mailf -> error
Perl    mx.example.net; spf=pass smtp.mailfrom=e -> mx.example.net [spf=pass, dkim=pass]
Perl    mx.example.net; spf=pass smtp.mailfrom=e -> mx.example.net [spf=pass]
Perl    spf=pass (sender IP is 192.0.2.1) smtp.m -> error
Perl    i=1; mx.example.net; spf=pass smtp.mailf -> i=1 [mx.example.net=, spf=pass]
SEEN
{ /usr/bin/python3.11 try.py; perl try.pl; } | tee seen
diff expected seen && echo 'as described'
