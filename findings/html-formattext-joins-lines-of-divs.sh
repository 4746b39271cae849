#!/usr/bin/env bash
# HTML::FormatText::WithLinks 0.15 (Perl): lines that stand in <div> come out as one word, and the title of the page is the first word of the letter.
#
# Guess: a block begins a new line, div as well as p; what stands in <title> is no text; a link that shows its own address is not named twice.
# Seen:  "Hello" and "Anna" in two divs are "HelloAnna", and an empty line in a div of its own is a single line break; <title> is glued to the first word; each address is told again below.
# Hurts: Gmail, Apple Mail and Outlook on the web write each line as a div: a desk that keeps the text of the letter has one line without blanks.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libhtml-formattext-withlinks-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libhtml-formattext-withlinks-perl=0.15-3 libhtml-format-perl libhtml-tree-perl libhtml-parser-perl libhtml-tagset-perl liburi-perl libfont-afm-perl >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36)

cat >try.pl <<'PERL'
use strict;
use warnings;
use HTML::FormatText::WithLinks;
for my $html ('<p>Hello</p><p>Anna</p>', '<div>Hello</div><div>Anna</div>', '<div dir="ltr"><div>Hello</div><div><br></div><div>Anna</div></div>', '<html><head><title>Order</title></head><body>Hello</body></html>', '<table><tr><td>Printer</td><td>2</td></tr></table>', '<a href="https://desk.example/1">https://desk.example/1</a>') {
    my $text = HTML::FormatText::WithLinks->new(leftmargin => 0)->parse($html);
    $text =~ s/\n+$//;
    $text =~ s/\n/\\n/g;
    print "$html\n  $text\n";
}
PERL

cat >expected <<'SEEN'
<p>Hello</p><p>Anna</p>
  Hello\n\nAnna
<div>Hello</div><div>Anna</div>
  HelloAnna
<div dir="ltr"><div>Hello</div><div><br></div><div>Anna</div></div>
  Hello\nAnna
<html><head><title>Order</title></head><body>Hello</body></html>
  OrderHello
<table><tr><td>Printer</td><td>2</td></tr></table>
  Printer\n\n2
<a href="https://desk.example/1">https://desk.example/1</a>
  [1]https://desk.example/1\n\n1. https://desk.example/1
SEEN
perl try.pl | tee seen
diff expected seen && echo 'as described'
