#!/usr/bin/env bash
# Mail::Message 3.012 (Perl): an answer to "Re: Printer" has the subject "Re[2]: Printer", and a letter with HTML is attached to it, not quoted.
#
# Guess: one "Re: " whatever came in, the text part quoted with "> ", and "Fwd: " before what is forwarded (RFC 5322 section 3.6.5 knows one "Re: ").
# Seen:  the marks are counted; only "RE:" and "re:" count as none. Of text and HTML neither is quoted: the words are "[Your message is attached]".
# Forwards begin with "Forw:".
# Hurts: programs that join letters by subject see a new one with each answer; the customer must open a file to see what is answered.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libmail-message-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libmail-message-perl=3.012-1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36)

cat >try.pl <<'CODE'
use strict; use warnings;
use Mail::Message;
sub letter { my ($subject, @rest) = @_; return Mail::Message->read(join "\n", 'From: anna@example.com', 'To: desk@example.com', "Subject: $subject", @rest, ''); }
print "$_ -> ", letter($_, '', 'hi')->reply->subject, "\n" for 'Printer', 'Re: Printer', 'RE: Printer', 'Re: Re: Printer', 'Re[2]: Printer';
print 'forward: ', letter('Re: Printer', '', 'hi')->forward(To => 'bob@example.com')->subject, "\n";
print grep { /^>|attached/ } map { "$_\n" } split /\n/, letter('x', 'Content-Type: text/plain', '', 'quoted')->reply->string;
print grep { /^>|attached/ } map { "$_\n" } split /\n/, letter('x', 'MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary=b', '', '--b', 'Content-Type: text/plain', '', 'quoted', '--b', 'Content-Type: text/html', '', '<p>quoted</p>', '--b--')->reply->string;
CODE

cat >expected <<'SEEN'
Printer -> Re: Printer
Re: Printer -> Re[2]: Printer
RE: Printer -> Re: Printer
Re: Re: Printer -> Re[3]: Printer
Re[2]: Printer -> Re[3]: Printer
forward: Forw: Re: Printer
> quoted
[Your message is attached]
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
