#!/usr/bin/env bash
# Email::MIME 1.953 (Perl): a part without header fields has no text, and a file name in an encoded word stays encoded.
#
# Guess: a part that begins with an empty line is plain text (RFC 2046 section 5.1.1 has this very example); filename() decodes, as it does with
# filename*=.
# Seen:  the first line of such a part is taken for its header and is lost; with two paragraphs the second is left. Each part that is built gets a Date of its own.
# Hurts: letters of small programs and of many printers arrive with nothing in them.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libemail-mime-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libemail-mime-perl=1.953-1 libemail-simple-perl >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5

cat >try.pl <<'CODE'
use strict; use warnings; use Email::MIME;
binmode STDOUT, ':utf8';
sub parts { join ' + ', map { '"' . ($_->body =~ s/\r?\n/\\n/gr) . '"' . (defined $_->filename ? ' ' . $_->filename : '') } Email::MIME->new("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n$_[0]\r\n--b--\r\n")->subparts }
for my $part ("Content-Type: text/plain\r\n\r\nFirst.\r\n\r\nSecond.", "\r\nFirst.", "\r\nFirst.\r\n\r\nSecond.", "\r\nFirst: a\r\n\r\nSecond.", "Content-Disposition: attachment; filename*=utf-8''Gr%C3%BC.pdf\r\n\r\nx", "Content-Disposition: attachment; filename=\"=?utf-8?q?Gr=C3=BC.pdf?=\"\r\n\r\nx") { print $part =~ s/\r\n/\\n/gr, ' -> ', parts($part), "\n" }
my $made = Email::MIME->create(parts => [Email::MIME->create(body => 'a'), Email::MIME->create(body => 'b')]);
print 'Date fields: ', scalar(() = $made->as_string =~ /^Date:/mg), "\n";
CODE

cat >expected <<'SEEN'
Content-Type: text/plain\n\nFirst.\n\nSecond. -> "First.\n\nSecond."
\nFirst. -> ""
\nFirst.\n\nSecond. -> "Second."
\nFirst: a\n\nSecond. -> "Second."
Content-Disposition: attachment; filename*=utf-8''Gr%C3%BC.pdf\n\nx -> "x" Grü.pdf
Content-Disposition: attachment; filename="=?utf-8?q?Gr=C3=BC.pdf?="\n\nx -> "x" =?utf-8?q?Gr=C3=BC.pdf?=
Date fields: 3
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
