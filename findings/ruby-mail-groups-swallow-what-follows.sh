#!/usr/bin/env bash
# Mail 2.7.1 (Ruby): an address behind a group belongs to the group.
#
# Guess: Desk: a@example.com, b@example.com;, c@example.com is a group of two and an address (RFC 5322 section 3.4).
# Seen:  the group has three members; of two groups with an address between them the first has that one too.
# Hurts: what is decided by group (who of the desk, who of the customers) is decided wrongly for the address behind it.
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
['Desk: a@example.com, b@example.com;', 'Desk: a@example.com, b@example.com;, c@example.com', 'c@example.com, Desk: a@example.com;', 'Desk: a@example.com;, c@example.com, Sales: b@example.com;'].each do |to|
  mail = Mail.new("To: #{to}\r\n\r\n")
  puts "#{to} -> #{mail[:to].groups.map { |name, list| "#{name}(#{list.map(&:address).join(' ')})" }.join(' ')}"
end
CODE

cat >expected <<'SEEN'
Desk: a@example.com, b@example.com; -> Desk(a@example.com b@example.com)
Desk: a@example.com, b@example.com;, c@example.com -> Desk(a@example.com b@example.com c@example.com)
c@example.com, Desk: a@example.com; -> Desk(a@example.com)
Desk: a@example.com;, c@example.com, Sales: b@example.com; -> Desk(a@example.com c@example.com) Sales(b@example.com)
SEEN
"$ruby" try.rb | tee seen
diff expected seen && echo 'as described'
