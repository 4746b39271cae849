#!/usr/bin/env bash
# MIME::Lite 3.033 (Perl): In-Reply-To given as the other fields are given is left out without a word; two people in Cc become two fields.
#
# Guess: what is no attribute of the part is a field of the header, as Subject, References and X-Ticket are.
# Seen:  fields that the module does not know are taken only with a colon ('In-Reply-To:'), Auto-Submitted and List-Id among them. An array for Cc is written
# as two Cc fields, where one is allowed (RFC 5322 section 3.6). A line of 1,200 letters is cut in two after 990.
# Hurts: answers stand outside of their thread, and the marks that keep other robots from answering are missing.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libmime-lite-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libmime-lite-perl=3.033-1 libemail-date-format-perl libmime-types-perl libmailtools-perl libtimedate-perl >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36) TZ=UTC

cat >try.pl <<'CODE'
use strict; use warnings; use MIME::Lite;
my %letter = (From => 'desk@example.net', To => 'anna@example.com', Subject => 'Re: Offer', Type => 'text/plain', Data => 'x' x 1200);
sub fields { my $mail = MIME::Lite->new(%letter, @_)->as_string; my ($head, $body) = split /\n\n/, $mail, 2;
  return join ', ', grep { !/^(Content-|MIME-|X-Mailer|Date|From|To|Subject)/ } split /\n/, $head; }
for (['In-Reply-To' => '<1@example.com>'], ['References' => '<1@example.com>'], ['Auto-Submitted' => 'auto-replied'], ['List-Id' => '<news.example.net>'], ['X-Ticket' => '7'],
     ['In-Reply-To:' => '<1@example.com>'], ['Auto-Submitted:' => 'auto-replied']) { print "$_->[0] => $_->[1] -> ", fields(@$_) || 'nothing', "\n"; }
print "Cc => [two] -> ", fields(Cc => ['bob@example.com', 'carl@example.com']), "\n";
print "longest line: ", (sort { $b <=> $a } map { length } split /\n/, MIME::Lite->new(%letter)->as_string)[0], "\n";
CODE

cat >expected <<'SEEN'
In-Reply-To => <1@example.com> -> nothing
References => <1@example.com> -> References: <1@example.com>
Auto-Submitted => auto-replied -> nothing
List-Id => <news.example.net> -> nothing
X-Ticket => 7 -> X-Ticket: 7
In-Reply-To: => <1@example.com> -> In-Reply-To: <1@example.com>
Auto-Submitted: => auto-replied -> Auto-Submitted: auto-replied
Cc => [two] -> Cc: bob@example.com, Cc: carl@example.com
longest line: 990
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
