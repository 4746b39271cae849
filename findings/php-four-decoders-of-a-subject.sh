#!/usr/bin/env bash
# PHP 8.2: no two of its four decoders of encoded words read six subjects alike.
#
# Guess: mb_decode_mimeheader, iconv_mime_decode, imap_utf8 and imap_mime_header_decode decode what RFC 2047 has, and leave the rest as it stands.
# Seen:  mb_decode_mimeheader keeps "_" for a blank and turns raw UTF-8 into question marks; iconv_mime_decode gives nothing at all for raw UTF-8, for
# an unknown charset and for a letter that is cut in two; imap_utf8 does not read a word with another sign behind it; the last one decodes each word for
# itself.
# Hurts: the subject of a ticket is empty, or full of question marks, for senders whose programs cut words where they like.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show php8.2-imap >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php8.2-cli php8.2-common php8.2-mbstring php8.2-imap libc-client2007e mlock >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
php() { LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu):$root/lib "$root/bin/php8.2" -n -d extension_dir="$(echo "$root"/lib/php/2*)" "$@"; }

cat >try.php <<'CODE'
<?php
foreach (['=?utf-8?q?Gr=C3=BC=C3=9Fe_an?= =?utf-8?q?_alle?=', 'Grüße', '=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?=', '=?x-none?q?Anna?=', '[TK-1] =?utf-8?q?Gr=C3=BC=C3=9Fe?=.', '=?utf-8*de?q?Gr=C3=BC=C3=9Fe?='] as $text) {
  echo $text, "\n";
  foreach (['mb' => mb_decode_mimeheader($text), 'iconv' => @iconv_mime_decode($text, 0, 'UTF-8'), 'imap_utf8' => imap_utf8($text), 'imap_mime' => implode('+', array_map(fn($one) => $one->charset . ' ' . bin2hex($one->text), imap_mime_header_decode($text)))] as $name => $read)
    echo '  ', str_pad($name, 10), var_export($read, true), "\n";
}
CODE

cat >expected <<'SEEN'
=?utf-8?q?Gr=C3=BC=C3=9Fe_an?= =?utf-8?q?_alle?=
  mb        'Grüße_an_alle'
  iconv     'Grüße an alle'
  imap_utf8 'Grüße an alle'
  imap_mime 'utf-8 4772c3bcc39f6520616e+utf-8 20616c6c65'
Grüße
  mb        'Gr????e'
  iconv     false
  imap_utf8 'Grüße'
  imap_mime 'default 4772c3bcc39f65'
=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?=
  mb        'Gr??ße'
  iconv     false
  imap_utf8 'Grüße'
  imap_mime 'utf-8 4772c3+utf-8 bcc39f65'
=?x-none?q?Anna?=
  mb        '=?x-none?q?Anna?='
  iconv     false
  imap_utf8 'Anna'
  imap_mime 'x-none 416e6e61'
[TK-1] =?utf-8?q?Gr=C3=BC=C3=9Fe?=.
  mb        '[TK-1] Grüße.'
  iconv     '[TK-1] Grüße.'
  imap_utf8 '[TK-1] =?utf-8?q?Gr=C3=BC=C3=9Fe?=.'
  imap_mime 'default 5b544b2d315d20+utf-8 4772c3bcc39f65+default 2e'
=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=
  mb        '=?utf-8*de?q?Gr=C3=BC=C3=9Fe?='
  iconv     'Grüße'
  imap_utf8 'Grüße'
  imap_mime 'utf-8*de 4772c3bcc39f65'
SEEN
php -d extension=mbstring -d extension=iconv -d extension=imap try.php | tee seen
diff expected seen && echo 'as described'
