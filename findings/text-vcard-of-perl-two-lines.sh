#!/usr/bin/env bash
# Text::vCard 3.09 (Perl): a note of two lines is written as two lines, so the card is broken, and a new card has no VERSION.
#
# Guess: a line break is written as \n, as comma and semicolon are written with a backslash (RFC 2426 section 4); VERSION is there (section 3.6.9).
# Seen:  commas and semicolons are escaped, line breaks are not, and of a card that was read \n stays a backslash and an n. The second line of the note is a
# property without a name: other readers refuse the card.
# Hurts: contacts with an address or a note of several lines cannot be imported anywhere.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libtext-vcard-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libtext-vcard-perl=3.09-2 libunicode-linebreak-perl libsombok3 libthai0 libthai-data libdatrie1 libmime-charset-perl libencode-perl libfile-slurp-perl liburi-perl libdirectory-scratch-perl libmoo-perl libpath-tiny-perl libmodule-runtime-perl libsub-quote-perl libclass-method-modifiers-perl librole-tiny-perl libclass-xsaccessor-perl >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36) TZ=UTC
export LD_LIBRARY_PATH=$(echo "$work"/root/usr/lib/*-linux-gnu)

cat >try.pl <<'CODE'
use strict; use warnings; use Text::vCard; use Text::vCard::Addressbook;
my $card = Text::vCard->new; $card->fullname('Berg, Anna'); $card->add_node({ node_type => 'NOTE' })->value("Room 3, left\nsecond line; ring twice");
print "written:\n", $card->as_string;
my $read = Text::vCard::Addressbook->new({ source_text => "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Berg\\, Anna\r\nNOTE:Room 3\\, left\\nsecond line\r\nEND:VCARD\r\n" });
for my $one ($read->vcards) { print 'read: ', $one->fullname, ' | ', $one->get('note')->[0]->value, "\n"; }
CODE

cat >expected <<'SEEN'
written:
BEGIN:VCARD
FN:Berg\, Anna
NOTE:Room 3\, left
second line\; ring twice
END:VCARD
read: Berg, Anna | Room 3, left\nsecond line
SEEN
perl try.pl | tr -d '\r' | tee seen
diff expected seen && echo 'as described'
