#!/usr/bin/env bash
# reverse_markdown 1.4 (Ruby): lines within pre become one, "# 7 is open" a heading, and blanks are put around bold letters in a word.
#
# Guess: pre keeps its lines (each indented by four blanks); signs that would mean something in Markdown are escaped at the begin of a line as * and _ are;
# numbered lists begin where they begin.
# Seen:  line ends in pre are blanks; #, -, and "1." stay as they are and mean something afterwards; ol always begins with 1; <i>a</i><i>b</i> is _a__b_,
# which is no emphasis.
# Hurts: logs and code in letters cannot be read in the ticket, orders change their look, and searches for a word with a bold letter find nothing.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show ruby-reverse-markdown >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root ruby-reverse-markdown=1.4.0-1 ruby-nokogiri ruby-pkg-config ruby ruby3.1 libruby3.1 libxml2 libxslt1.1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
ruby=$(ls "$root"/bin/ruby3.1 2>/dev/null || command -v ruby3.1)
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu) GEM_PATH=$root/lib/ruby/gems/3.1.0:/usr/lib/ruby/gems/3.1.0:$root/share/rubygems-integration/all:/usr/share/rubygems-integration/all
export RUBYLIB=$root/lib/ruby/vendor_ruby/3.1.0:$root/lib/ruby/3.1.0:$(echo "$root"/lib/*-linux-gnu)/ruby/3.1.0:$root/lib/ruby/vendor_ruby
export GEM_PATH=$GEM_PATH:$(echo "$root"/lib/*-linux-gnu)/rubygems-integration/3.1.0

cat >try.rb <<'CODE'
require 'reverse_markdown'
["<pre>first\n  second\nthird</pre>", '<p># 7 is open</p>', '<p>- 5 degrees</p>', '<p>2026. That was it.</p>', '<p>5 * 3 and a_b</p>', '<ol start="3"><li>a</li><li>b</li></ol>', '<b>TK</b>-117', 'in<b>voice</b>', '<i>a</i><i>b</i>', '<p>a<br>b</p>'].each { |html| puts "#{html.inspect} -> #{ReverseMarkdown.convert(html).inspect}" }
CODE

cat >expected <<'SEEN'
"<pre>first\n  second\nthird</pre>" -> "    first second third\n\n"
"<p># 7 is open</p>" -> "# 7 is open\n\n"
"<p>- 5 degrees</p>" -> "- 5 degrees\n\n"
"<p>2026. That was it.</p>" -> "2026. That was it.\n\n"
"<p>5 * 3 and a_b</p>" -> "5 \\* 3 and a\\_b\n\n"
"<ol start=\"3\"><li>a</li><li>b</li></ol>" -> "1. a\n2. b\n"
"<b>TK</b>-117" -> " **TK** -117"
"in<b>voice</b>" -> "in **voice**\n\n"
"<i>a</i><i>b</i>" -> "_a__b_"
"<p>a<br>b</p>" -> "a  \nb\n\n"
SEEN
"$ruby" try.rb | tee seen
diff expected seen && echo 'as described'
