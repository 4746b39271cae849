#!/usr/bin/env bash
# Horde_Mime 2.11.2 (PHP, Debian 12): a part without header fields has no text, and a file name with a blank that is not quoted ends at the blank.
#
# Guess: a part that begins with an empty line is text/plain in us-ascii (RFC 2046 section 5.1), and its words are its text; unquoted blanks, which many programs send, are read to the end
# of the line or make no name at all.
# Seen:  the part is text/plain and empty; "Offer May.pdf" is "Offer", which no program opens. findBody() of a letter with HTML alone names the HTML, without a type asked for.
# Hurts: the words that a gateway or a list puts below a letter, and the whole letter of a plain script, are not there.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show php-horde-mime >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php8.2-cli php8.2-common php8.2-mbstring php-horde-mime=2.11.2-2 php-horde-mail=2.6.6-5 php-horde-exception php-horde-listheaders php-horde-stream php-horde-stream-filter php-horde-stream-wrapper php-horde-support php-horde-text-flowed php-horde-translation php-horde-util libpcre2-8-0 libxml2 libsodium23 libargon2-1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PHP_ROOT=$work/root/usr/share/php LD_LIBRARY_PATH=$(echo "$work"/root/usr/lib/*-linux-gnu)
php() { "$work/root/usr/bin/php8.2" -n -d extension_dir="$(echo "$work"/root/usr/lib/php/2*)" -d extension=ctype -d extension=mbstring -d extension=iconv -d error_reporting=0 "$@"; }

cat >try.php <<'PHP'
<?php
spl_autoload_register(function ($name) { $file = getenv('PHP_ROOT') . '/' . str_replace(['_', '\\'], '/', $name) . '.php'; if (is_file($file)) require $file; });
$letter = implode("\r\n", ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'Hello desk', '--b', 'Content-Type: text/plain', '', 'Second', '--b', 'Content-Type: application/pdf', 'Content-Disposition: attachment; filename=Offer May.pdf', '', 'x', '--b--', '']);
foreach (Horde_Mime_Part::parseMessage($letter)->partIterator() as $part)
    if ($part->getPrimaryType() !== 'multipart') echo $part->getType(), ' ', json_encode([$part->getName(), trim($part->getContents())]), "\n";
PHP

cat >expected <<'SEEN'
text/plain [null,""]
text/plain [null,"Second"]
application/pdf ["Offer","x"]
SEEN
php try.php | tee seen
diff expected seen && echo 'as described'
