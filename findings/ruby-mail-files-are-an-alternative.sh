#!/usr/bin/env bash
# Mail 2.7.1 (Ruby): a letter with text, HTML and a file is multipart/alternative, the file one of three forms of the letter.
#
# Guess: text and HTML are alternatives inside multipart/mixed, beside the file, whatever the order of the calls.
# Seen:  all three are alternatives. With a body instead of text_part and html_part it is multipart/mixed. A file attached as .eml gets an empty
# Content-Transfer-Encoding.
# Hurts: programs show the last alternative they can: the file instead of the letter, or the letter without its file.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show ruby-mail >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root ruby-mail=2.7.1+dfsg1-2 ruby >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
ruby=$(ls "$root"/bin/ruby3.1 2>/dev/null || command -v ruby3.1)
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu) GEM_PATH=$root/lib/ruby/gems/3.1.0:/usr/lib/ruby/gems/3.1.0:$root/share/rubygems-integration/all:/usr/share/rubygems-integration/all
export RUBYLIB=$root/lib/ruby/vendor_ruby/3.1.0:$root/lib/ruby/3.1.0:$(echo "$root"/lib/*-linux-gnu)/ruby/3.1.0:$root/lib/ruby/vendor_ruby

cat >try.rb <<'CODE'
require 'mail'
tree = ->(part) { part.multipart? ? "#{part.mime_type}(#{part.parts.map { |one| tree[one] }.join(' ')})" : part.mime_type }
both = ->(mail) { mail.text_part = Mail::Part.new { body 'x' }; mail.html_part = Mail::Part.new { content_type 'text/html; charset=UTF-8'; body '<p>x</p>' } }
file = ->(mail) { mail.add_file(filename: 'invoice.pdf', content: '%PDF') }
first = Mail.new(from: 'desk@example.com'); both[first]; file[first]
last = Mail.new(from: 'desk@example.com'); file[last]; both[last]
plain = Mail.new(from: 'desk@example.com', body: 'x'); file[plain]
{ 'texts, then file' => first, 'file, then texts' => last, 'body, then file' => plain }.each { |name, mail| puts "#{name}: #{tree[Mail.new(mail.to_s)]}" }
attached = Mail.new(from: 'desk@example.com', body: 'x'); attached.add_file(filename: 'old.eml', content: "Subject: old\r\n\r\nx\r\n")
puts attached.to_s.lines.select { |line| line.start_with?('Content-Transfer-Encoding') }.map { |line| line.chomp.inspect }.join(' ')
CODE

cat >expected <<'SEEN'
texts, then file: multipart/alternative(text/plain text/html application/pdf)
file, then texts: multipart/alternative(text/plain text/html application/pdf)
body, then file: multipart/mixed(text/plain application/pdf)
"Content-Transfer-Encoding: 7bit" "Content-Transfer-Encoding: 7bit" "Content-Transfer-Encoding: "
SEEN
"$ruby" try.rb | tee seen
diff expected seen && echo 'as described'
