#!/usr/bin/env bash
# symfony/mime 5.4.53 (PHP): addIdHeader('In-Reply-To') is an exception, addTextHeader takes an id without its angle brackets, and a forwarded letter is sent
# in base64.
#
# Guess: In-Reply-To and References are headers of ids like Message-ID, given without brackets; message/rfc822 goes as it is (RFC 2046 section 5.2.1 forbids
# base64).
# Seen:  both have to be text, in which nothing is checked: an id as getId() gives it goes out without its brackets. As Message-ID, "a..b@" and an id without
# @ throw, though real letters have them. The attached .eml is in base64.
# Hurts: an answer without brackets joins no thread, neither at the customer's nor at the desk; some programs show the forwarded letter as letters and digits.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show php-symfony-mime >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php-symfony-mime=5.4.53+dfsg-0+deb12u1 php-symfony-deprecation-contracts php-email-validator php-doctrine-lexer php-symfony-polyfill-php80 php8.2-cli php8.2-common php8.2-mbstring php8.2-xml php8.2-intl libxml2 libicu72 libpcre2-8-0 libsodium23 libargon2-1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
php=$(ls "$root"/bin/php8.2 2>/dev/null || command -v php8.2)
modules=$(find "$root/lib/php" /usr/lib/php -maxdepth 1 -name '2022*' 2>/dev/null | head -n 1 || true)
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu)
php() { "$php" -n -d extension_dir="$modules" -d extension=mbstring -d extension=iconv -d extension=ctype -d extension=dom -d extension=fileinfo -d extension=intl -d include_path="$root/share/php" -d error_reporting=8183 "$@"; }

cat >try.php <<'CODE'
<?php
require 'Egulias/EmailValidator/autoload.php';
require 'Symfony/Component/Mime/autoload.php';
use Symfony\Component\Mime\Email;
function letter() { return (new Email())->from('desk@example.net')->to('anna@example.com')->subject('Re: Offer')->text('Hello'); }
$received = letter(); $received->getHeaders()->addIdHeader('Message-ID', '1@example.com');
$id = $received->getHeaders()->get('Message-ID')->getId();
foreach ([['addIdHeader', 'In-Reply-To', $id], ['addTextHeader', 'In-Reply-To', $id], ['addTextHeader', 'In-Reply-To', "<$id>"], ['addIdHeader', 'Message-ID', 'a..b@mail.example.com'], ['addIdHeader', 'Message-ID', '20261102-7']] as [$way, $name, $value]) {
  try { $letter = letter(); $letter->getHeaders()->$way($name, $value); echo "$way $value -> ", $letter->getHeaders()->get($name)->toString(), "\n"; }
  catch (\Throwable $error) { echo "$way $value -> ", str_replace('Symfony\Component\Mime\Header\\', '', $error->getMessage()), "\n"; }
}
preg_match('/Content-Type: message.*?\r\n\r\n/s', letter()->attach("Subject: Offer\r\n\r\nHello", 'offer.eml', 'message/rfc822')->toString(), $part);
echo str_replace("\r", '', trim($part[0])), "\n";
CODE

cat >expected <<'SEEN'
addIdHeader 1@example.com -> The "In-Reply-To" header must be an instance of "UnstructuredHeader" (got "IdentificationHeader").
addTextHeader 1@example.com -> In-Reply-To: 1@example.com
addTextHeader <1@example.com> -> In-Reply-To: <1@example.com>
addIdHeader a..b@mail.example.com -> Email "a..b@mail.example.com" does not comply with addr-spec of RFC 2822.
addIdHeader 20261102-7 -> Email "20261102-7" does not comply with addr-spec of RFC 2822.
Content-Type: message/rfc822; name=offer.eml
Content-Transfer-Encoding: base64
Content-Disposition: attachment; name=offer.eml; filename=offer.eml
SEEN
php try.php | tee seen
diff expected seen && echo 'as described'
