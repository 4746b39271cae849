#!/usr/bin/env bash
# formail of procmail 3.22: -r answers the envelope's sender, not Reply-To or From, writes "Re: Re:", and a letter without a sender is answered to "<>".
#
# Guess: To is what Reply-To says, or else From; a "Re:" that is there is enough; mail without a return path (RFC 3834 section 2) gives no answer, or an
# error.
# Seen:  only with -t are the fields of the header asked, and then two addresses of Reply-To are one. "Re: " is always added, in front of encoded words too.
# Hurts: answers made in a procmail recipe go to the bounce address of the sender's service, where nobody reads them.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show procmail >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root procmail=3.22-27 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done

cat >letter.sh <<'CODE'
printf 'Return-Path: %s\nFrom: Anna <anna@example.com>\nTo: desk@example.net\n%bMessage-ID: <1@example.com>\n\nHello\n' "$1" "$2"
CODE
answer() { echo "$3 $2 -> $(bash letter.sh "$1" "$2" | root/usr/bin/formail "$3" | grep -E '^(To|Subject):' | tr '\n' ' ')"; }

cat >expected <<'SEEN'
-r Subject: Offer\nReply-To: office@example.com\n -> To: bounce@mail.example.com Subject: Re: Offer 
-rt Subject: Offer\nReply-To: office@example.com\n -> To: office@example.com Subject: Re: Offer 
-rt Subject: Offer\nReply-To: office@example.com, bob@example.com\n -> To: office@example.com Subject: Re: Offer 
-rt Subject: Re: Offer\n -> To: anna@example.com Subject: Re: Re: Offer 
-rt Subject: =?utf-8?Q?Re:_Gr=C3=BC=C3=9Fe?=\n -> To: anna@example.com Subject: Re: =?utf-8?Q?Re:_Gr=C3=BC=C3=9Fe?= 
-r Subject: Offer\n -> To: <> Subject: Re: Offer 
SEEN
{
  answer '<bounce@mail.example.com>' 'Subject: Offer\nReply-To: office@example.com\n' -r
  answer '<bounce@mail.example.com>' 'Subject: Offer\nReply-To: office@example.com\n' -rt
  answer '<bounce@mail.example.com>' 'Subject: Offer\nReply-To: office@example.com, bob@example.com\n' -rt
  answer '<bounce@mail.example.com>' 'Subject: Re: Offer\n' -rt
  answer '<bounce@mail.example.com>' 'Subject: =?utf-8?Q?Re:_Gr=C3=BC=C3=9Fe?=\n' -rt
  answer '<>' 'Subject: Offer\n' -r
} | tee seen
diff expected seen && echo 'as described'
