#!/usr/bin/env bash
# Mail 2.7.1 (Ruby): bounced? looks at the first recipient of a report only, and retryable? is true for two final failures.
#
# Guess: bounced? is true when any recipient failed; retryable? is about the first digit of the status, also in a list.
# Seen:  a report that begins with a delayed recipient is no bounce. Two recipients with 5.1.1 are "retryable", one is not.
# Hurts: of two customers the one whose address does not exist is never reported; the other program tries for ever.
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
def report(list) = Mail.new((['Content-Type: multipart/report; report-type=delivery-status; boundary=x', '', '--x', 'Content-Type: text/plain', '', 'This is a report.', '--x', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example.net'] +
  list.map { |name, action, status| ['', "Final-Recipient: rfc822; #{name}@example.com", "Action: #{action}", "Status: #{status}"] }.flatten + ['', '--x--', '']).join("\r\n"))
[[%w[anna failed 5.1.1]], [%w[anna failed 5.1.1], %w[bob delayed 4.4.1]], [%w[bob delayed 4.4.1], %w[anna failed 5.1.1]], [%w[anna failed 5.1.1], %w[bob failed 5.1.1]]].each do |list|
  mail = report(list)
  puts "#{list.map { |one| one.join(' ') }.join(', ')} -> bounced? #{mail.bounced?}, retryable? #{mail.retryable?}"
end
CODE

cat >expected <<'SEEN'
anna failed 5.1.1 -> bounced? true, retryable? false
anna failed 5.1.1, bob delayed 4.4.1 -> bounced? true, retryable? true
bob delayed 4.4.1, anna failed 5.1.1 -> bounced? false, retryable? true
anna failed 5.1.1, bob failed 5.1.1 -> bounced? true, retryable? true
SEEN
"$ruby" try.rb | tee seen
diff expected seen && echo 'as described'
