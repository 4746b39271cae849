#!/usr/bin/env bash
# Horde Text_Filter 2.3 (PHP): the text of an HTML letter begins with its style sheet, bold "Größe" is "GRößE", and numbered steps lose their numbers.
#
# Guess: style, script and title are no text; capitals are made by mb_strtoupper with the charset that it was given; ol counts.
# Seen:  the words of style are text; umlauts stay small in bold, headings and th; ol is a list with stars; pictures vanish with their alt text and lines of
# pre are joined.
# Hurts: previews of nearly all newsletters and Outlook letters begin with "p { margin: 0 }", and instructions refer to steps that have no number.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show php-horde-text-filter >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php-horde-text-filter=2.3.7-1 php-horde-exception php-horde-util php-horde-translation php-horde-support php-horde-idna php8.2-cli php8.2-common php8.2-mbstring php8.2-xml libxml2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
php() { LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu):$root/lib "$root/bin/php8.2" -n -d extension_dir="$(echo "$root"/lib/php/2*)" "$@"; }

cat >try.php <<'CODE'
<?php
error_reporting(E_ALL & ~E_DEPRECATED);
spl_autoload_register(function ($class) { $file = __DIR__ . '/root/usr/share/php/' . str_replace(['_', '\\'], '/', $class) . '.php'; if (is_file($file)) require_once $file; });
foreach (['<style>p { margin: 0 }</style><p>Hello</p>', '<b>Größe</b>', '<h1>für Anna</h1>', '<ol><li>off</li><li>on</li></ol>', '<img src="cid:1" alt="20 Euro">', "<pre>a\n  b</pre>", '<table><tr><td>Price</td><td>20</td></tr></table>'] as $html)
  echo str_replace("\n", '\n', $html), ' -> ', json_encode(Horde_Text_Filter::filter($html, 'Html2text', ['charset' => 'UTF-8']), JSON_UNESCAPED_UNICODE), "\n";
CODE

cat >expected <<'SEEN'
<style>p { margin: 0 }</style><p>Hello</p> -> "p { margin: 0 }\nHello"
<b>Größe</b> -> "GRößE"
<h1>für Anna</h1> -> "FüR ANNA"
<ol><li>off</li><li>on</li></ol> -> "  * off\n  * on"
<img src="cid:1" alt="20 Euro"> -> ""
<pre>a\n  b</pre> -> "a   b"
<table><tr><td>Price</td><td>20</td></tr></table> -> "  Price \t20"
SEEN
php -d extension=mbstring -d extension=ctype -d extension=dom -d extension=xml try.php | tee seen
diff expected seen && echo 'as described'
