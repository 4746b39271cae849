#!/usr/bin/env bash
# Mail_mime 1.10.11 (PHP): a file name with an umlaut is sent as "US-ASCII", though all charsets of the message are set to UTF-8.
#
# Guess: head_charset and text_charset of the message hold for file names too: filename*=UTF-8''%C3%9Cbersicht.txt.
# Seen:  filename*=US-ASCII''%C3%9Cbersicht.txt; mailparser's libmime 5.6.4 believes it and reads two wrong letters. Only the tenth argument of
# addAttachment() changes it.
# Hurts: each file with an umlaut arrives under a garbled name.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show php-mail-mime >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php-mail-mime=1.10.11-1 php8.2-cli php8.2-mbstring >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
php=$(ls "$root"/bin/php8.2 2>/dev/null || command -v php8.2)
modules=$(find "$root/lib/php" /usr/lib/php -maxdepth 1 -name '2022*' 2>/dev/null | head -n 1 || true)
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu)
php() { "$php" -n -d extension_dir="$modules" -d extension=mbstring -d extension=iconv -d extension=ctype -d include_path="$root/share/php" -d error_reporting=8183 "$@"; }
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts libmime@5.6.4

cat >try.php <<'CODE'
<?php
require 'Mail/mime.php';
$mail = new Mail_mime(['eol' => "\r\n", 'head_charset' => 'UTF-8', 'text_charset' => 'UTF-8', 'html_charset' => 'UTF-8']);
$mail->setTXTBody('x');
$mail->addAttachment('x', 'text/plain', 'Übersicht.txt', false);
preg_match('/Content-Disposition: (.*?);\r\n size/s', $mail->get(), $found);
echo preg_replace('/\s+/', ' ', $found[1]), "\n";
CODE

cat >expected <<'SEEN'
attachment; filename*=US-ASCII''%C3%9Cbersicht.txt
libmime reads Ãœbersicht.txt
SEEN
{ line=$(php try.php); echo "$line"; node -e 'console.log("libmime reads", require("libmime").parseHeaderValue(process.argv[1]).params.filename)' "$line"; } | tee seen
diff expected seen && echo 'as described'
