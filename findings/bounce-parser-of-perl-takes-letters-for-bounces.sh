#!/usr/bin/env bash
# Mail::DeliveryStatus::BounceParser 1.543 (Perl): an ordinary letter is a bounce, and Exchange's "recipient not found" has no known reason.
#
# Guess: is_bounce is true for reports of failure; a letter of a person, or an out-of-office note, is none.
# Seen:  is_bounce is true for all that is not found to be a reply by a robot, which is looked for in English only; just the list of reports is empty.
# Of the status 5.1.10 (RFC 7505 and Exchange) the reason is "unknown", though 5.1.1 gives user_unknown.
# Hurts: a desk that asks this question throws away the letters of its customers.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libmail-deliverystatus-bounceparser-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libmail-deliverystatus-bounceparser-perl=1.543+repacked-1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36)

cat >try.pl <<'CODE'
use strict; use warnings;
use Mail::DeliveryStatus::BounceParser;
sub report { my ($action, $status, $words) = @_; return join "\n", 'From: MAILER-DAEMON@mx.example.net', 'To: desk@example.com', 'Subject: Delivery report', 'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary=x', '',
  '--x', 'Content-Type: text/plain', '', 'This is a report.', '', '--x', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example.net', '', 'Final-Recipient: rfc822; anna@example.com', "Action: $action", "Status: $status", "Diagnostic-Code: smtp; $words", '', '--x--', ''; }
my @cases = (
  ['report 5.1.1', report('failed', '5.1.1', '550 5.1.1 User unknown')], ['report 5.1.10', report('failed', '5.1.10', '550 5.1.10 RecipientNotFound')], ['report delayed', report('delayed', '4.4.1', 'timed out')],
  ['letter', "From: anna\@example.com\nTo: desk\@example.com\nSubject: Re: Your offer\n\nI take it.\n"],
  ['out of office', "From: anna\@example.com\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nI am away.\n"],
  ['Abwesenheit', "From: anna\@example.com\nSubject: Abwesenheit\nAuto-Submitted: auto-replied\n\nIch bin im Urlaub.\n"]);
for (@cases) { my ($name, $mail) = @$_; my $bounce = Mail::DeliveryStatus::BounceParser->new($mail);
  print "$name -> ", $bounce->is_bounce ? 'a bounce' : 'no bounce', ', reports: ', join(' ', map { $_->get('email') . ' ' . $_->get('std_reason') } $bounce->reports) || 'none', "\n"; }
CODE

cat >expected <<'SEEN'
report 5.1.1 -> a bounce, reports: anna@example.com user_unknown
report 5.1.10 -> a bounce, reports: anna@example.com unknown
report delayed -> no bounce, reports: none
letter -> a bounce, reports: none
out of office -> no bounce, reports: none
Abwesenheit -> a bounce, reports: none
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
