#!/usr/bin/env bash
# s-nail 14.9.24: "reply" in a script answers From though the letter says Reply-To, and goes to all recipients of the letter.
#
# Guess: Reply-To is where answers go (RFC 5322 section 3.6.2), and mailx's "reply" answers the sender alone, "Reply" all.
# Seen:  Reply-To is asked about, and without a terminal the answer is no (set reply-to-honour=yes); "reply" answers all and "Reply" the sender, the other
# way round than in System V, unless flipr is set. "AW:" and a pile of "Re:" become one.
# Hurts: answers of scripts go to no-reply addresses, and to people who should not read them.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show s-nail >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root s-nail=14.9.24-2 libidn2-0 libncursesw6 libtinfo6 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done

cat >letters <<'CODE'
From anna@example.com Mon Nov  2 10:00:00 2026
From: Anna <anna@example.com>
To: desk@example.org, carl@example.com
Reply-To: office@example.com
Subject: AW: Re: Offer
Message-ID: <1@example.com>
Date: Mon, 2 Nov 2026 10:00:00 +0000

Hello
CODE

cat >send <<'CODE'
#!/bin/sh
grep -E '^(To|Cc|Subject):' | tr '\n' ' '
CODE

chmod +x send

cat >expected <<'SEEN'
reply  -> To: anna@example.com, carl@example.com Subject: Re: Offer 
Reply  -> To: anna@example.com Subject: Re: Offer 
reply -S reply-to-honour=yes -> To: office@example.com Subject: Re: Offer 
Reply -S reply-to-honour=yes -> To: office@example.com Subject: Re: Offer 
reply -S flipr -> To: anna@example.com Subject: Re: Offer 
Reply -S flipr -> To: anna@example.com, carl@example.com Subject: Re: Offer 
SEEN
for options in '' '-S reply-to-honour=yes' '-S flipr'; do
  for command in reply Reply; do
    echo "$command $options -> $(printf '%s 1\nThanks\n~.\nx\n' "$command" | LC_ALL=C.UTF-8 LD_LIBRARY_PATH=$(echo root/usr/lib/*-linux-gnu) root/usr/bin/s-nail -:/ -# -S v15-compat=y -S sendwait -S mta="$work/send" -S from='Desk <desk@example.org>' $options -Rf letters 2>&1)"
  done
done | tee seen
diff expected seen && echo 'as described'
