#!/usr/bin/env bash
# Email::Stuffer 0.020 (Perl): a file given to attach() is inline, and its second name for old programs has no umlauts.
#
# Guess: Content-Disposition: attachment, with the name in RFC 2231 and nothing (or an encoded word) beside it.
# Seen:  disposition is inline unless told; filename*= is right, and the plain filename behind it is transliterated.
# Hurts: Apple Mail and others show tables and PDF files within the text, and answers that keep attachments only leave them out.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libemail-stuffer-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libemail-stuffer-perl=0.020-1 libemail-mime-perl libemail-sender-perl libmodule-runtime-perl libparams-util-perl libfile-type-perl >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36) TZ=UTC

cat >try.pl <<'CODE'
use strict; use warnings; use utf8; use Email::Stuffer;
for my $options ({}, { disposition => 'attachment' }) {
  my $letter = Email::Stuffer->new->from('desk@example.org')->to('anna@example.com')->subject('Offer')->text_body("Hello\n")->attach('a;b', filename => 'Größe für Anna.csv', %$options)->as_string;
  my ($disposition) = $letter =~ /^Content-Disposition: (.+\r?\n(?:[ \t].+\r?\n)*)/m;
  $disposition =~ s/\s+/ /g;
  print join(' ', %$options) || 'as it is', " -> $disposition\n"; }
CODE

cat >expected <<'SEEN'
as it is -> inline; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20f%C3%BCr%20Anna.csv; filename="Grosse fur Anna.csv" 
disposition attachment -> attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20f%C3%BCr%20Anna.csv; filename="Grosse fur Anna.csv" 
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
