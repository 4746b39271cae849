#!/usr/bin/env bash
# Email::Reply 1.204 (Perl): two addresses in Reply-To are an error, and an encoded subject goes back as single octets above 127.
#
# Guess: the answer goes to all addresses of Reply-To (RFC 5322 section 3.6.2); the subject is encoded again (RFC 2047); a known mark of an answer is left
# alone.
# Seen:  two addresses: an exception instead of an answer. The subject is decoded and written as single octets above 127, with no charset anywhere in the
# answer.
# Hurts: a letter that asks for answers to two people gets none; customers read question marks in the subject of the answer.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libemail-reply-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libemail-reply-perl=1.204-3 libemail-abstract-perl libemail-address-perl libemail-mime-perl libemail-simple-perl libemail-messageid-perl libemail-mime-contenttype-perl libemail-mime-encodings-perl libemail-date-format-perl libemail-address-xs-perl libmro-compat-perl libmodule-runtime-perl libmodule-pluggable-perl libtext-unidecode-perl libmime-types-perl >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36) TZ=UTC

cat >try.pl <<'CODE'
use strict; use warnings; use Email::MIME; use Email::Reply;
sub answer { my ($fields) = @_; my $mail = "From: Anna <anna\@example.com>\nTo: desk\@example.net\nMessage-ID: <1\@example.com>\n$fields\n\nHello\n";
  my $answer = eval { reply(to => Email::MIME->new($mail), body => "Thanks\n") }; return 'error: ' . ($@ =~ /^(strange, .* than one address)/)[0] unless $answer;
  my $text = $answer->as_string; return join ', ', map { s/([^\x20-\x7e])/sprintf '\\x%02x', ord $1/ger } grep { /^(To|Subject|Content-Type):/ } split /\r?\n/, $text; }
for ('Subject: Offer', 'Subject: RE: Offer', 'Subject: Re[2]: Offer', 'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=', "Subject: Offer\nReply-To: office\@example.com", "Subject: Offer\nReply-To: office\@example.com, bob\@example.com") {
  print s/\n/ | /r, ' -> ', answer($_), "\n"; }
CODE

cat >expected <<'SEEN'
Subject: Offer -> To: Anna <anna@example.com>, Subject: Re: Offer
Subject: RE: Offer -> To: Anna <anna@example.com>, Subject: RE: Offer
Subject: Re[2]: Offer -> To: Anna <anna@example.com>, Subject: Re: Re[2]: Offer
Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= -> To: Anna <anna@example.com>, Subject: Re: Gr\xfc\xdfe
Subject: Offer | Reply-To: office@example.com -> To: Anna <office@example.com>, Subject: Re: Offer
Subject: Offer | Reply-To: office@example.com, bob@example.com -> error: strange, 'office@example.com, bob@example.com' parses to more than one address
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
