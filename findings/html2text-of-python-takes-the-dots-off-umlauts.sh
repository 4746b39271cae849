#!/usr/bin/env bash
# html2text 2020.1.16 (Python): "Gr&uuml;&szlig;e" becomes "Gruße", while "Grüße" stays "Grüße".
#
# Guess: an entity and the letter it stands for give the same text, in a library that writes Unicode.
# Seen:  entities of a list of its own (most umlauts and accents, by name or number, dashes, signs) become plain ASCII unless unicode_snob is set; ç,
# ß and € stay.
# Hurts: names and streets of customers are misspelt in the ticket when their program, as Outlook does, writes entities.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show python3-html2text >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root python3-html2text=2020.1.16-2 python3 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done

cat >try.py <<'CODE'
import html2text
for text in ['Gr&uuml;&szlig;e', 'Grüße', 'Gr&#252;&#223;e', 'Fran&ccedil;ois &amp; Ren&eacute;', 'M&ouml;ller &copy; 5&nbsp;&euro; &ndash; &hellip;']:
    snob = html2text.HTML2Text()
    snob.unicode_snob = True
    print(text, '->', html2text.html2text('<p>' + text + '</p>').strip(), '| unicode_snob:', snob.handle('<p>' + text + '</p>').strip())
CODE

cat >expected <<'SEEN'
Gr&uuml;&szlig;e -> Gruße | unicode_snob: Grüße
Grüße -> Grüße | unicode_snob: Grüße
Gr&#252;&#223;e -> Gruße | unicode_snob: Grüße
Fran&ccedil;ois &amp; Ren&eacute; -> François & Rene | unicode_snob: François & René
M&ouml;ller &copy; 5&nbsp;&euro; &ndash; &hellip; -> Moller (C) 5 € - … | unicode_snob: Möller © 5 € – …
SEEN
PYTHONPATH=root/usr/lib/python3/dist-packages python3 try.py | tee seen
diff expected seen && echo 'as described'
