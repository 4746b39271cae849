#!/usr/bin/env bash
# munpack (mpack 1.6): an attached table becomes the description of the file behind it, and no name in a form of today is read.
#
# Guess: names in pieces and in filename*=utf-8''… (RFC 2231) and encoded words are read; a part with Content-Disposition: attachment is a file, text
# or not.
# Seen:  text parts that have no plain name are "descriptions" (.desc) of the next file; encoded words stay, with X for each sign that a shell could
# mind.
# Hurts: a script that unpacks the mail of customers loses their tables and names.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show mpack >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root mpack=1.6-18+b1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
export root LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu)

cat >letter.eml <<'CODE'
From: anna@example.com
Subject: files
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

See the files.
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename*=utf-8''%C3%9Cbersicht.pdf
Content-Transfer-Encoding: base64

JVBERg==
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename="=?utf-8?q?Rechnung_M=C3=A4rz.pdf?="
Content-Transfer-Encoding: base64

JVBERg==
--x
Content-Type: text/csv
Content-Disposition: attachment; filename*0="orders of"; filename*1=" March.csv"

a;b
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename="plain name.pdf"
Content-Transfer-Encoding: base64

JVBERg==
--x--
CODE

cat >expected <<'SEEN'
=Xutf-8XqXRechnung_M=C3=A4rz.pdfX=: %PDF
part1: %PDF
part1.desc: See the files.
plainXname.desc: a;b
plainXname.pdf: %PDF
SEEN
{ "$root/bin/munpack" -q letter.eml >/dev/null 2>&1; rm -rf debs; for file in *; do case $file in letter.eml | seen | expected | root) ;; *) echo "$file: $(head -n 1 "$file")" ;; esac done; } | tee seen
diff expected seen && echo 'as described'
