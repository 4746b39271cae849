#!/usr/bin/env bash
# Email::Outlook::Message 0.921 (msgconvert): of an Outlook file the .eml has its subject in bytes of any charset, names with a comma bare, and a sender without an address.
#
# Guess: what it writes is an email (RFC 5322): encoded words, "Müller, Ann" in quotes, and From from the property for the SMTP address (0x5D01), which each
# Outlook of today writes beside the name of Exchange.
# Seen:  Subject is in Latin-1, that of a file of Russian Outlook in windows-1251, both without a sign of it, beside a body in UTF-8; Müller, Ann </O=FIRM…>
# is two people, one of them without an address, and an answer goes nowhere.
# Hurts: whoever imports .msg files by it, gets broken subjects, people called "Müller", and tickets of nobody.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libemail-outlook-message-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libemail-outlook-message-perl=0.921-1 libemail-address-perl libmoo-perl libtry-tiny-perl libole-storage-lite-perl libemail-mime-perl libemail-sender-perl libemail-simple-perl libio-all-perl libio-string-perl libemail-mime-contenttype-perl >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$work/root/usr/lib/x86_64-linux-gnu/perl5/5.36

# MS-OXMSG: a property of text is a stream of its own, named by its id and type: 001F is UTF-16, 001E the code page that 0x3FFD names.
cat >make.pl <<'CODE'
use utf8;
use strict;
use warnings;
use Encode 'encode';
use OLE::Storage_Lite;
sub wide { encode('UTF-16LE', $_[0]) }
sub stream { OLE::Storage_Lite::PPS::File->new(wide($_[0]), $_[1]) }
sub entry { my ($id, $type, $length) = @_; pack('v v V V V', hex $type, hex $id, 6, $length, 0) }
# Texts as [id, type, bytes] and numbers as [id, value], with the header of the property stream before them.
sub properties {
    my ($header, $numbers, @texts) = @_;
    my $list = join '', (map { entry(@$_) } map { [$_->[0], $_->[1], length $_->[2]] } @texts), (map { entry($_->[0], '0003', $_->[1]) } @$numbers);
    return ((map { stream("__substg1.0_$_->[0]$_->[1]", $_->[2]) } @texts), stream('__properties_version1.0', $header . $list));
}
my ($file, $page, $subject, $body) = ($ARGV[0], $ARGV[1], 'Grüße aus Köln', "Die Lampe ist dunkel.\r\n");
($subject, $body) = ('Привет', "Лампа темна.\r\n") if $page;
my $text = sub { my ($id, $words) = @_; $page ? [$id, '001E', encode("cp$page", $words)] : [$id, '001F', wide($words)] };
my @parts = properties(
    pack('x8 V V V V x8', 1, 0, 1, 0), $page ? [['3FFD', $page], ['3FDE', $page]] : [],
    $text->('0037', $subject), $text->('1000', $body), ['001A', '001F', wide('IPM.Note')],
    ['0C1A', '001F', wide('Müller, Ann')], ['0C1E', '001F', wide('EX')], ['0C1F', '001F', wide('/O=FIRM/CN=ANN')], ['5D01', '001F', wide('ann@firm.test')],
    ['0E04', '001F', wide('Doe, Jane')],
);
my @jane = properties("\0" x 8, [['0C15', 1]], ['3001', '001F', wide('Doe, Jane')], ['3002', '001F', wide('SMTP')], ['3003', '001F', wide('jane@desk.test')]);
push @parts, OLE::Storage_Lite::PPS::Dir->new(wide('__recip_version1.0_#00000000'), undef, undef, \@jane);
OLE::Storage_Lite::PPS::Root->new(undef, undef, \@parts)->save($file);
CODE

cat >expected <<'SEEN'
Email::Outlook::Message 0.921
Content-Type: text/plain; charset=UTF-8
Subject: Gr\xfc\xdfe aus K\xf6ln
From: M\xfcller, Ann </O=FIRM/CN=ANN>
To: Doe, Jane <jane@desk.test>
Content-Type: text/plain; charset=CP1251
Subject: \xcf\xf0\xe8\xe2\xe5\xf2
SEEN

perl make.pl west.msg 0
perl make.pl east.msg 1251
for name in west east; do perl root/usr/bin/msgconvert --outfile $name.eml $name.msg 2>/dev/null; done
shown() { grep -aE "$1" "$2" | tr -d '\r' | perl -pe 's/([\x80-\xff])/sprintf "\\x%02x", ord $1/ge'; }
{
  perl -MEmail::Outlook::Message -e 'print "Email::Outlook::Message $Email::Outlook::Message::VERSION\n"'
  shown '^(Subject|From|To|Content-Type: text)' west.eml
  shown '^(Subject|Content-Type: text)' east.eml
} | tee seen
diff expected seen && echo 'as described'
