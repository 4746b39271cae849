#!/usr/bin/env bash
# egulias/email-validator 3.2.5 (PHP; Symfony and Laravel check with it): an address with a hard blank or a quotation mark of Word in it is valid, in strict
# mode too.
#
# Guess: RFC 6531 lets letters beyond ASCII into addresses, but blanks and marks of direction are no letters: they come from copying and are refused, or at
# least warned about.
# Seen:  the hard blank (U+00A0), the wide blank of Asia and curly marks are letters, in front of the @ and in the domain, with no warning; a letter without
# width is refused. "anna @example.com" and "anna(x)@example.com" are valid in the plain mode, and an address of four numbers without brackets in both.
# Hurts: addresses pasted from Word and from web pages are stored, and nothing sent to them arrives.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show php-email-validator >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php-email-validator=3.2.5-1 php-doctrine-lexer php8.2-cli php8.2-common php8.2-mbstring php8.2-intl libicu72 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
php() { LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu):$root/lib "$root/bin/php8.2" -n -d extension_dir="$(echo "$root"/lib/php/2*)" "$@"; }

cat >try.php <<'CODE'
<?php
spl_autoload_register(function ($class) { foreach (['', 'Doctrine/Common/Lexer/'] as $folder) { $file = __DIR__ . '/root/usr/share/php/' . str_replace('\\', '/', $class) . '.php'; if (is_file($file)) { require_once $file; return; } } });
use Egulias\EmailValidator\EmailValidator;
use Egulias\EmailValidator\Validation\{NoRFCWarningsValidation, RFCValidation};
foreach (['anna@example.com', "anna\u{a0}@example.com", "\u{200b}anna@example.com", "\u{201c}anna\u{201d}@example.com", "anna\u{a0}berg@example.com", "anna@example.com\u{a0}", "anna\u{3000}@example.com", 'anna @example.com', 'anna(x)@example.com', 'anna@localhost', 'anna@192.0.2.1', 'anna@exa_mple.com'] as $address)
  echo json_encode($address), ' -> plain ', (new EmailValidator)->isValid($address, new RFCValidation) ? 'valid' : 'not valid', ', strict ', (new EmailValidator)->isValid($address, new NoRFCWarningsValidation) ? 'valid' : 'not valid', "\n";
CODE

cat >expected <<'SEEN'
"anna@example.com" -> plain valid, strict valid
"anna\u00a0@example.com" -> plain valid, strict valid
"\u200banna@example.com" -> plain not valid, strict not valid
"\u201canna\u201d@example.com" -> plain valid, strict valid
"anna\u00a0berg@example.com" -> plain valid, strict valid
"anna@example.com\u00a0" -> plain valid, strict valid
"anna\u3000@example.com" -> plain valid, strict valid
"anna @example.com" -> plain valid, strict not valid
"anna(x)@example.com" -> plain valid, strict not valid
"anna@localhost" -> plain valid, strict not valid
"anna@192.0.2.1" -> plain valid, strict valid
"anna@exa_mple.com" -> plain not valid, strict not valid
SEEN
php -d extension=mbstring -d extension=ctype -d extension=intl try.php | tee seen
diff expected seen && echo 'as described'
