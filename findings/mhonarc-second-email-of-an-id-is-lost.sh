#!/usr/bin/env bash
# MHonArc 2.6.19 (Perl): of two emails with one Message-ID the archive has the first, without a word; a file whose name has an umlaut has no name, and flowed lines are not joined.
#
# Guess: three emails make three pages, or the log says which one was left out; a file is called as RFC 2231 says it; a line that format=flowed (RFC 3676) has broken
# is one line in the archive.
# Seen:  "2 new messages" for a mailbox of three; the file is pdf….pdf, and its own name (filename*=utf-8''…, as mail programs write it) stands nowhere; a flowed line stays in two.
# Hurts: copiers, shops and scripts send different emails under one id, and their later ones are in no archive; nobody finds an offer by its file name.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show mhonarc >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root mhonarc=2.6.19-2.2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done

cat >mailbox <<'MAIL'
From scan@desk.test Mon Nov  2 10:00:00 2026
From: Copier <scan@desk.test>
Subject: Scan of Monday
Date: Mon, 2 Nov 2026 10:00:00 +0100
Message-ID: <scan@desk.test>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=q

--q
Content-Type: text/plain

See the file.
--q
Content-Type: application/pdf
Content-Disposition: attachment; filename*=utf-8''Angebot%20f%C3%BCr%20K%C3%B6ln.pdf
Content-Transfer-Encoding: base64

JVBERi0xLjQK
--q--

From scan@desk.test Tue Nov  3 10:00:00 2026
From: Copier <scan@desk.test>
Subject: Scan of Tuesday
Date: Tue, 3 Nov 2026 10:00:00 +0100
Message-ID: <scan@desk.test>

Another page.

From ann@home.test Wed Nov  4 10:00:00 2026
From: Ann <ann@home.test>
Subject: A flowed letter
Date: Wed, 4 Nov 2026 10:00:00 +0100
Message-ID: <1@home.test>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8; format=flowed

The lamp in the hall has been 
dark since Monday.

MAIL

cat >expected <<'SEEN'
MHonArc v2.6.19
2 new messages
A flowed letter
Scan of Monday
pages with Tuesday: 0
pages with the name of the file: 0
a file in the archive: 1
lines of the flowed sentence: 2
SEEN

run() { perl -Iroot/usr/share/mhonarc root/usr/bin/mhonarc -rcfile /dev/null "$@"; }
mkdir archive
run -outdir archive mailbox >log 2>&1
{
  run -v | grep -o 'MHonArc v[0-9.]*' | head -1
  grep 'new messages' log
  grep -ho '<title>[^<]*' archive/msg*.html | sed 's/<title>//' | sort
  echo "pages with Tuesday: $(cat archive/*.html | grep -c Tuesday || true)"
  echo "pages with the name of the file: $(cat archive/*.html | grep -c Angebot || true)"
  echo "a file in the archive: $(ls archive | grep -c '^pdf.*\.pdf$')"
  echo "lines of the flowed sentence: $(cat archive/msg*.html | grep -cE 'The lamp|dark since')"
} | tee seen
diff expected seen && echo 'as described'
