#!/usr/bin/env bash
# mu 1.8.14 finds "1042" in a subject, but not "TK-1042", and no word of an HTML letter; notmuch 0.37 none that was written with an entity.
#
# Guess: both look for the words of what is asked, next to each other; &uuml; is indexed as the letter it is; a line that ends in a soft break
# (format=flowed; delsp=yes, RFC 3676 section 4.3) is one line.
# Seen:  see below: the ticket number, and the word that was cut by delsp, are found by one or by neither.
# Hurts: an archive seems not to have the letter.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show maildir-utils >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root maildir-utils=1.8.14-1 notmuch=0.37-1+b1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu) PATH=$root/bin:$PATH MUHOME=$work/mu NOTMUCH_CONFIG=$work/notmuch.ini
mkdir -p mail/cur mail/new mail/tmp

cat >make.sh <<'CODE'
letter() { printf '%s\n' "From: anna@example.com" "To: desk@example.com" "Date: Mon, 02 Nov 2026 10:00:00 +0000" "Message-ID: <$1@example.com>" "MIME-Version: 1.0" "${@:2}" >"mail/cur/$1:2,S"; }
letter number 'Subject: [TK-1042] Printer' '' 'It is broken.'
letter html 'Subject: greetings' 'Content-Type: text/html; charset=utf-8' '' '<p>Gr&uuml;&szlig;e aus Düsseldorf. The parcel arrived.</p>'
letter flowed 'Subject: flowed' 'Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes' '' 'The invoice of Novem ' 'ber is missing.'
mu init -m "$PWD/mail" >/dev/null 2>&1
mu index >/dev/null 2>&1
printf '[database]\npath=%s\n[user]\nprimary_email=desk@example.com\n' "$PWD/mail" >"$NOTMUCH_CONFIG"
notmuch new >/dev/null 2>&1
for word in 1042 TK-1042 Grüße Düsseldorf parcel November invoice; do
  echo "$word: mu $(mu find --fields i "$word" 2>/dev/null | tr '\n' ' ')| notmuch $(notmuch search --output=messages "$word" | tr '\n' ' ')"
done
CODE

cat >expected <<'SEEN'
1042: mu number@example.com | notmuch id:number@example.com 
TK-1042: mu | notmuch id:number@example.com 
Grüße: mu | notmuch 
Düsseldorf: mu | notmuch id:html@example.com 
parcel: mu | notmuch id:html@example.com 
November: mu | notmuch 
invoice: mu flowed@example.com | notmuch id:flowed@example.com 
SEEN
bash make.sh | tee seen
diff expected seen && echo 'as described'
