#!/usr/bin/env bash
# mairix 0.24 (Debian 12): a word with an umlaut is kept as the pieces beside it, and asked for as a whole it is found nowhere.
#
# Guess: b:Tür finds a letter with the word Tür; mairix decodes transfer encodings and encoded words, and it does.
# Seen:  Tür is kept as "t" and "r", Müller as "m" and "ller": b:ller finds it, b:Müller does not. Letters without umlauts are found.
# Hurts: who searches for a customer by name is told that there is no letter.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root store
apt-cache show mairix >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root mairix=0.24-2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export LC_ALL=C.UTF-8

cat >store/box <<'LETTER'
From b@example.com Tue Nov  3 10:00:00 2026
From: b@example.com
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe_aus_Bonn?=
Message-ID: <1@example.com>
Date: Tue, 03 Nov 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Frau M=C3=BCller, die T=C3=BCr klemmt.

LETTER
printf 'base=%s/store\nmbox=box\nmfolder=found\nmformat=mbox\ndatabase=%s/index\n' "$work" "$work" >rc
"$work/root/usr/bin/mairix" -f rc >/dev/null 2>&1

cat >expected <<'SEEN'
s:Bonn 1
s:Grüße 0
s:gr 1
b:klemmt 1
b:Tür 0
b:Müller 0
b:ller 1
SEEN
for words in s:Bonn s:Grüße s:gr b:klemmt b:Tür b:Müller b:ller; do
  echo "$words $({ "$work/root/usr/bin/mairix" -f rc -r "$words" 2>/dev/null || true; } | grep -c mbox || true)"
done | tee seen
diff expected seen && echo 'as described'
