#!/usr/bin/env bash
# league/html-to-markdown 5.1.0 (PHP): a letter with a style sheet brings "</head><body>" into the text, and cells of a table are one word.
#
# Guess: the result is Markdown: no tags, style sheets left out, cells apart from each other.
# Seen:  by default every tag that Markdown has no sign for stays as HTML, div, span and table among them, and <style> leaves two tags that were not in the
# letter. With strip_tags the words of the style sheet are text, and the cells "Price" and "20" are Price20; only remove_nodes takes the style sheet away.
# Hurts: tickets show tags and CSS, and prices stick to the words before them.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show php-league-html-to-markdown >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php-league-html-to-markdown=5.1.0-1 php8.2-cli php8.2-common php8.2-mbstring php8.2-xml php8.2-intl libxml2 libicu72 libpcre2-8-0 libsodium23 libargon2-1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
php=$(ls "$root"/bin/php8.2 2>/dev/null || command -v php8.2)
modules=$(find "$root/lib/php" /usr/lib/php -maxdepth 1 -name '2022*' 2>/dev/null | head -n 1 || true)
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu)
php() { "$php" -n -d extension_dir="$modules" -d extension=mbstring -d extension=iconv -d extension=ctype -d extension=dom -d extension=fileinfo -d extension=intl -d include_path="$root/share/php" -d error_reporting=8183 "$@"; }

cat >try.php <<'CODE'
<?php
require 'League/HTMLToMarkdown/autoload.php';
use League\HTMLToMarkdown\HtmlConverter;
$ways = ['default' => [], 'strip_tags' => ['strip_tags' => true], 'remove_nodes' => ['strip_tags' => true, 'remove_nodes' => 'style head']];
foreach (['<style>p { color: red }</style><p>Hello</p>', '<div>Hello</div><div>Anna</div>', '<table><tr><td>Price</td><td>20</td></tr><tr><td>Number</td><td>3</td></tr></table>'] as $html) {
  echo $html, "\n";
  foreach ($ways as $name => $options) echo '  ', $name, ': ', json_encode((new HtmlConverter($options))->convert($html), JSON_UNESCAPED_SLASHES), "\n";
}
CODE

cat >expected <<'SEEN'
<style>p { color: red }</style><p>Hello</p>
  default: "<style>p { color: red }</style></head><body>Hello"
  strip_tags: "p { color: red }Hello"
  remove_nodes: "Hello"
<div>Hello</div><div>Anna</div>
  default: "<div>Hello</div><div>Anna</div>"
  strip_tags: "Hello\n\nAnna"
  remove_nodes: "Hello\n\nAnna"
<table><tr><td>Price</td><td>20</td></tr><tr><td>Number</td><td>3</td></tr></table>
  default: "<table><tr><td>Price</td><td>20</td></tr><tr><td>Number</td><td>3</td></tr></table>"
  strip_tags: "Price20Number3"
  remove_nodes: "Price20Number3"
SEEN
php try.php | tee seen
diff expected seen && echo 'as described'
