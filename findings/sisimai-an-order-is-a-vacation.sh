#!/usr/bin/env bash
# Sisimai 4.25.15 (Perl): a shop's "thank you for your order" is a bounce with the reason "vacation", a refusal in German is a soft one, and a report with an
# address beyond ASCII is none.
#
# Guess: Auto-Submitted: auto-generated (RFC 3834 section 5) says that nobody answered, so it is nothing, or at least not "vacation"; Status 5.0.0 and 5.7.1 are
# final (RFC 3463 section 3.1); message/global-delivery-status (RFC 6533) is read as message/delivery-status is.
# Seen:  order and invoice are "vacation", with the shop's address as that of the person who is away; 5.0.0 with German words is "onhold" and soft, 5.7.1 soft,
# too; of the report with UTF-8 there is nothing.
# Hurts: addresses of customers that write by program are put aside as away; letters that were refused for good are tried again, and a bounce of jörg@ is an
# open ticket.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libsisimai-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libsisimai-perl=4.25.15-1 libclass-accessor-lite-perl libjson-perl >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5 TZ=UTC

cat >try.pl <<'CODE'
use strict; use warnings; use Sisimai;
sub show { my ($name, $mail) = @_; open my $file, '>', 'mail.eml'; print $file "From x Mon Nov  2 10:00:00 2026\n$mail"; close $file;
  my $list = Sisimai->make('mail.eml') || [];
  print "$name -> ", (join '; ', map { join ' ', $_->recipient->address, $_->reason, ($_->softbounce == 1 ? 'soft' : $_->softbounce == 0 ? 'hard' : ()) } @$list) || 'nothing', "\n"; }
sub report { my ($status, $reason, $type, $recipient) = @_; $type ||= 'delivery-status'; $recipient ||= 'rfc822; anna@example.com';
  return <<"MAIL"; }
From: Mail Delivery System <MAILER-DAEMON\@mx.example.net>
To: desk\@example.net
Subject: Undelivered Mail Returned to Sender
Date: Mon, 2 Nov 2026 10:00:00 +0100
Message-ID: <1\@mx.example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=$type; boundary=b

--b
Content-Type: text/plain

I am sorry.

--b
Content-Type: message/$type

Reporting-MTA: dns; mx.example.net

Final-Recipient: $recipient
Action: failed
Status: $status
Diagnostic-Code: smtp; $reason

--b
Content-Type: message/rfc822

From: desk\@example.net
To: anna\@example.com
Subject: Offer
Message-ID: <2\@example.net>

Hello
--b--
MAIL
sub letter { my ($subject, $auto, $text) = @_;
  return "Return-Path: <shop\@example.com>\nFrom: shop\@example.com\nTo: desk\@example.net\nSubject: $subject\nAuto-Submitted: $auto\nDate: Mon, 2 Nov 2026 10:00:00 +0100\nMessage-ID: <3\@example.com>\n\n$text\n"; }
show('5.1.1 User unknown', report('5.1.1', '550 5.1.1 User unknown'));
show('5.1.1 Benutzer unbekannt', report('5.1.1', '550 5.1.1 Benutzer unbekannt'));
show('5.0.0 Empfaenger unbekannt', report('5.0.0', '550 Empfaenger unbekannt'));
show('5.7.1 Rejected due to content', report('5.7.1', '550 5.7.1 Message rejected due to content'));
show('5.1.1 in global-delivery-status', report('5.1.1', '550 5.1.1 User unknown', 'global-delivery-status', "utf-8; j\xc3\xb6rg\@example.com"));
show('out of office', letter('Automatic reply: Offer', 'auto-replied', 'I am out of the office until Friday.'));
show('order, auto-replied', letter('Your order 1042', 'auto-replied', 'Thank you for your order.'));
show('invoice, auto-generated', letter('Invoice 1042', 'auto-generated', 'Please find our invoice below.'));
CODE

cat >expected <<'SEEN'
5.1.1 User unknown -> anna@example.com userunknown hard
5.1.1 Benutzer unbekannt -> anna@example.com userunknown hard
5.0.0 Empfaenger unbekannt -> anna@example.com onhold soft
5.7.1 Rejected due to content -> anna@example.com securityerror soft
5.1.1 in global-delivery-status -> nothing
out of office -> shop@example.com vacation
order, auto-replied -> shop@example.com vacation
invoice, auto-generated -> shop@example.com vacation
SEEN
perl try.pl 2>&1 | tee seen
diff expected seen && echo 'as described'
