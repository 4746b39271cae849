#!/usr/bin/env bash
# MIME::Words 5.510 (MIME-tools, Perl): no blank stands behind an encoded word, and what it decodes is bytes of several charsets in one string.
#
# Guess: an encoded word is parted from the words beside it by a blank (RFC 2047 section 5, rule 1), and decode_mimewords gives characters.
# Seen:  =?UTF-8?Q?Gr=C3=BC=C3=9Fe=20?=an alle: the blank is inside the word, none behind it. A word in UTF-8 and one in Latin-1 become the bytes
# of both in a row; only a list of pieces with their charsets can be read.
# Hurts: readers that keep to the RFC show the sign of the encoding in the subject; ü of the second word is lost.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libmime-tools-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libmime-tools-perl=5.510-1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36)

cat >try.pl <<'CODE'
use strict; use warnings;
use MIME::Words qw(decode_mimewords encode_mimewords);
print encode_mimewords($_, Charset => 'UTF-8'), "\n" for "Gr\xc3\xbc\xc3\x9fe an alle", "\xc3\x9cber uns", "Preis: 5 \xe2\x82\xac netto", "An alle: Gr\xc3\xbc\xc3\x9fe";
my $words = '=?utf-8?q?Gr=C3=BC?= =?iso-8859-1?q?=FC?=';
printf "%s -> %vX\n", $words, scalar decode_mimewords($words);
print join(' ', map { sprintf '%vX(%s)', @$_ } decode_mimewords($words)), "\n";
CODE

cat >expected <<'SEEN'
=?UTF-8?Q?Gr=C3=BC=C3=9Fe=20?=an alle
=?UTF-8?Q?=C3=9Cber=20?=uns
Preis: 5 =?UTF-8?Q?=E2=82=AC=20?=netto
An alle: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
=?utf-8?q?Gr=C3=BC?= =?iso-8859-1?q?=FC?= -> 47.72.C3.BC.FC
47.72.C3.BC(utf-8) FC(iso-8859-1)
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
