#!/usr/bin/env bash
# MIME::Entity 5.510 (MIME-tools of Perl): what is built is "binary" without a charset, and an attached file is inline.
#
# Guess: build() and attach() choose an encoding that mail can carry (7bit or quoted-printable, as Encoding => '-SUGGEST' does), a file with a
# Filename is an attachment.
# Seen:  Content-Transfer-Encoding: binary, which only servers with BINARYMIME may be given (RFC 3030), no charset though the text is UTF-8, and
# Content-Disposition: inline for the file.
# Hurts: answers with umlauts arrive damaged, and the attached file is shown inside the letter or not listed.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libmime-tools-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libmime-tools-perl=5.510-1 libmailtools-perl=2.21-2 libconvert-binhex-perl=1.125-3 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36)

cat >try.pl <<'CODE'
use strict; use warnings;
use MIME::Entity;
my $mail = MIME::Entity->build(From => 'desk@example.com', Subject => 'x', Type => 'multipart/mixed');
$mail->attach(Data => "Gr\xc3\xbc\xc3\x9fe\n");
$mail->attach(Data => "a;b\n", Type => 'text/csv', Filename => 'table.csv');
for ($mail->parts) { print join(' | ', grep { /^Content-/ } split /\n/, $_->as_string), "\n"; }
my $suggested = MIME::Entity->build(Data => "Gr\xc3\xbc\xc3\x9fe\n", Encoding => '-SUGGEST');
print 'with -SUGGEST: ', $suggested->head->get('Content-Transfer-Encoding');
CODE

cat >expected <<'SEEN'
Content-Type: text/plain | Content-Disposition: inline | Content-Transfer-Encoding: binary
Content-Type: text/csv; name="table.csv" | Content-Disposition: inline; filename="table.csv" | Content-Transfer-Encoding: binary
with -SUGGEST: quoted-printable
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
