#!/usr/bin/env bash
# css-to-inline-styles 2.2.6 (PHP, in Laravel's mail): <a href="{{ url }}"> becomes "%7B%7B%20url%20%7D%7D", !important loses to a style attribute, and a
# piece of HTML becomes a document.
#
# Guess: attributes other than style stay as they are; a declaration with !important wins over an inline one without (CSS cascade); HTML without html and
# body comes back without.
# Seen:  libxml writes links anew, as with a blank in an address; the style attribute always wins; doctype of HTML 4.0, html and body are put around. What is
# in @media stays in its style.
# Hurts: templates whose placeholders are filled in later send links that lead nowhere, and a row that should be hidden is shown.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show php-tijsverkoyen-css-to-inline-styles >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php-tijsverkoyen-css-to-inline-styles=2.2.6-1 php-symfony-css-selector php-symfony-polyfill-php80 php8.2-cli php8.2-common php8.2-xml libxml2 php8.2-mbstring >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
php() { LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu):$root/lib "$root/bin/php8.2" -n -d extension_dir="$(echo "$root"/lib/php/2*)" "$@"; }

cat >try.php <<'CODE'
<?php
spl_autoload_register(function ($class) { $file = __DIR__ . '/root/usr/share/php/' . str_replace('\\', '/', $class) . '.php'; if (is_file($file)) require_once $file; });
$inliner = new TijsVerkoyen\CssToInlineStyles\CssToInlineStyles();
foreach ([['<p>Hello {{ name }}, <a href="{{ url }}">look</a></p>', 'a { color: red }'], ['<p style="display: block">x</p>', 'p { display: none !important }'], ['<a href="https://example.com/offer 1.pdf">x</a>', ''], ['plain text', 'p { color: red }']] as [$html, $css])
  echo $html, ' | ', $css, "\n  -> ", preg_replace('/\s+/', ' ', $inliner->convert($html, $css)), "\n";
CODE

cat >expected <<'SEEN'
<p>Hello {{ name }}, <a href="{{ url }}">look</a></p> | a { color: red }
  -> <!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN" "http://www.w3.org/TR/REC-html40/loose.dtd"> <html><body><p>Hello {{ name }}, <a href="%7B%7B%20url%20%7D%7D" style="color: red;">look</a></p></body></html>
<p style="display: block">x</p> | p { display: none !important }
  -> <!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN" "http://www.w3.org/TR/REC-html40/loose.dtd"> <html><body><p style="display: block;">x</p></body></html>
<a href="https://example.com/offer 1.pdf">x</a> | 
  -> <!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN" "http://www.w3.org/TR/REC-html40/loose.dtd"> <html><body><a href="https://example.com/offer%201.pdf">x</a></body></html>
plain text | p { color: red }
  -> <!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN" "http://www.w3.org/TR/REC-html40/loose.dtd"> <html><body><p style="color: red;">plain text</p></body></html>
SEEN
php -d extension=dom -d extension=mbstring try.php | tee seen
diff expected seen && echo 'as described'
