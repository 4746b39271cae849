#!/usr/bin/env bash
# ripMIME 1.4.0.10: of a file name that is sent in pieces only the first word is left.
#
# Guess: filename*0="orders of"; filename*1=" March.csv" is one name (RFC 2231 section 3), since encoded words and filename*=utf-8''… are read.
# Seen:  the file is called "orders". The other forms are read right.
# Hurts: long names, which most programs send in pieces, lose their extension, and with it what opens them.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show ripmime >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root ripmime=1.4.0.10.debian.1-3+b1 >/dev/null
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
Content-Disposition: attachment; filename*0="orders of the month"; filename*1=" March.csv"

a;b
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename="plain name.pdf"
Content-Transfer-Encoding: base64

JVBERg==
--x--
CODE

cat >expected <<'SEEN'
Rechnung März.pdf: %PDF
orders: a;b
plain name.pdf: %PDF
textfile0: 
textfile1: See the files.
Übersicht.pdf: %PDF
SEEN
{ mkdir out; "$root/bin/ripmime" -i letter.eml -d out; for file in out/*; do echo "${file#out/}: $(head -n 1 "$file")"; done; } | tee seen
diff expected seen && echo 'as described'
