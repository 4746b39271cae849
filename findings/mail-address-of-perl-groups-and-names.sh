#!/usr/bin/env bash
# Mail::Address 2.21 (MailTools, Perl): the name of a group becomes a part of the first address, and names are written anew.
#
# Guess: Desk: a@example.com, b@example.com; is two addresses (RFC 5322 section 3.4); name() is the name as it was written.
# Seen:  "Desk:a@example.com" and b@example.com. "ANNA VON BEET" becomes "Anna Von Beet", "Beet, Anna" turns round, the name in an encoded word
# is none, and without any name the local part becomes one.
# Hurts: the first member of a group gets nothing, and people are greeted by names that they do not have.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libmailtools-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libmailtools-perl=2.21-2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36)

cat >try.pl <<'CODE'
use strict; use warnings;
use Mail::Address;
print "$_ -> ", join(' | ', map { $_->address . ' ' . ($_->name // '-') } Mail::Address->parse($_)), "\n" for
  'Desk: a@example.com, b@example.com;', 'ANNA VON BEET <a@example.com>', '"Beet, Anna" <a@example.com>', '=?utf-8?q?Gr=C3=BC?= <a@example.com>', 'anna.beet@example.com', 'Anna Beet <a@example.com>';
CODE

cat >expected <<'SEEN'
Desk: a@example.com, b@example.com; -> Desk:a@example.com - | b@example.com -
ANNA VON BEET <a@example.com> -> a@example.com Anna Von Beet
"Beet, Anna" <a@example.com> -> a@example.com Anna Beet
=?utf-8?q?Gr=C3=BC?= <a@example.com> -> a@example.com -
anna.beet@example.com -> anna.beet@example.com Anna Beet
Anna Beet <a@example.com> -> a@example.com Anna Beet
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
