#!/usr/bin/env bash
# Mail::ListDetector 1.04 (Perl): Mailman 3 is no Mailman, and the address of a Google group is not found though List-Post has it.
#
# Guess: mail of Mailman 3 and of Google Groups is recognised as such, with the address to write to from List-Post (RFC 2369), whichever URL is first.
# Seen:  both are "RFC2919", the software is unknown; with a page before the mailto: the group has no address. Mailman 2 is known by its
# X-BeenThere, and its list's name is "desk" where the others have "desk.lists.example.com".
# Hurts: answers go to the author alone, and one list has two names after a move from Mailman 2 to 3.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libmail-listdetector-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libmail-listdetector-perl=1.04+dfsg-2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36)

cat >try.pl <<'CODE'
use strict; use warnings;
use Email::Simple; use Mail::ListDetector;
my @letters = (
  ['Mailman 2', 'List-Id: The Desk <desk.lists.example.com>', 'X-BeenThere: desk@lists.example.com', 'X-Mailman-Version: 2.1.39', 'List-Post: <mailto:desk@lists.example.com>'],
  ['Mailman 3', 'List-Id: The Desk <desk.lists.example.com>', 'X-Mailman-Version: 3.3.8', 'List-Post: <mailto:desk@lists.example.com>'],
  ['Google', 'List-Id: <desk.googlegroups.com>', 'X-Google-Group-Id: 1', 'Mailing-List: list desk@googlegroups.com; contact desk+owners@googlegroups.com', 'List-Post: <https://groups.google.com/group/desk/post>, <mailto:desk@googlegroups.com>'],
);
for (@letters) {
  my ($name, @fields) = @$_;
  my $list = Mail::ListDetector->new(Email::Simple->new(join "\n", 'From: a@example.com', @fields, '', 'x', ''));
  print "$name -> ", join(', ', map { $_ // '-' } $list->listname, $list->listsoftware, $list->posting_address), "\n";
}
CODE

cat >expected <<'SEEN'
Mailman 2 -> desk, GNU Mailman version 2.1.39, desk@lists.example.com
Mailman 3 -> desk.lists.example.com, RFC2919, desk@lists.example.com
Google -> desk.googlegroups.com, RFC2919, -
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
