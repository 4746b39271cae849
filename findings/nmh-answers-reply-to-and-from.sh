#!/usr/bin/env bash
# nmh 1.8: "repl" answers Reply-To and From, both, and makes "Re: AW: Offer" of "AW: Offer".
#
# Guess: Reply-To stands for From, it does not add to it (RFC 5322 section 3.6.2: it is where answers go instead).
# Seen:  the file replcomps puts both into To; only -group takes the first of Mail-Reply-To, Reply-To and From. Of prefixes only "Re:" in any case is known.
# Hurts: answers go to no-reply addresses, and to a person's own mailbox who asked for answers to the office.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show nmh >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root nmh=1.8~RC2-2 libbsd0 libsasl2-2 libtinfo6 libgdbm-compat4 libmd0 libcurl4 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export HOME=$work MH=$work/profile MHCONTEXT=$work/context MHMTSCONF=$work/root/etc/nmh/mts.conf LC_ALL=C.UTF-8 TZ=UTC
mkdir -p Mail/inbox
cp root/etc/nmh/*comps Mail
printf 'Path: %s/Mail\nLocal-Mailbox: desk@example.org\n' "$work" >profile

cat >letter.sh <<'CODE'
printf 'From: Anna <anna@example.com>\nTo: Desk <desk@example.org>\nSubject: %s\nReply-To: office@example.com\nMessage-ID: <1@example.com>\nDate: Mon, 2 Nov 2026 10:00:00 +0000\n\nHello\n' "$1"
CODE

cat >expected <<'SEEN'
Offer  -> To: office@example.com, Anna <anna@example.com> cc:  Subject: Re: Offer 
Offer -group -> To: office@example.com cc: Desk <desk@example.org> Subject: Re: Offer 
AW: Offer  -> To: office@example.com, Anna <anna@example.com> cc:  Subject: Re: AW: Offer 
AW: Offer -group -> To: office@example.com cc: Desk <desk@example.org> Subject: Re: AW: Offer 
RE: Offer  -> To: office@example.com, Anna <anna@example.com> cc:  Subject: Re: Offer 
RE: Offer -group -> To: office@example.com cc: Desk <desk@example.org> Subject: Re: Offer 
SEEN
for subject in 'Offer' 'AW: Offer' 'RE: Offer'; do
  for option in '' -group; do
    bash letter.sh "$subject" >Mail/inbox/1
    rm -f Mail/draft
    LD_LIBRARY_PATH=$(echo root/usr/lib/*-linux-gnu) root/usr/bin/mh/repl -nowhatnowproc -noedit $option +inbox 1
    echo "$subject $option -> $(grep -E '^(To|cc|Subject):' Mail/draft | tr '\n' ' ')"
  done
done | tee seen
diff expected seen && echo 'as described'
