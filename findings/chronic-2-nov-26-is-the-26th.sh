#!/usr/bin/env bash
# chronic 0.10.5 (Ruby): "2 Nov 26" is two o'clock on the 26th, "last day of november" the first, "in an hour" nothing.
#
# Guess: day, month, year; the 30th; an hour from now; "march" the first of March.
# Seen:  the day is taken for an hour and the year for a day, "last day of" is not heard, "march" is the middle of the month at half past eleven, and "next week" is ten days away.
# Hurts: a date that an agent types, or that is found in a letter, is stored without an error and shown as another day.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show ruby-chronic >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root ruby-chronic=0.10.5-2 ruby-numerizer ruby ruby3.1 libruby3.1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
ruby=$(ls "$root"/bin/ruby3.1 2>/dev/null || command -v ruby3.1)
gems=$(find "$root/share/rubygems-integration/all/gems" /usr/share/rubygems-integration/all/gems -type d \( -name lib -o -path '*/lib/concurrent-ruby' \) 2>/dev/null | tr '\n' ':' || true)
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu) TZ=Europe/Berlin
export RUBYLIB=$gems$root/lib/ruby/vendor_ruby/3.1.0:$root/lib/ruby/3.1.0:$(echo "$root"/lib/*-linux-gnu)/ruby/3.1.0:$root/lib/ruby/vendor_ruby

cat >try.rb <<'CODE'
require 'chronic'
now = Time.new(2026, 11, 29, 12)
['2 Nov 2026', '2 Nov 26', 'last day of november', 'march', 'next week', 'in 3 days', 'in an hour'].each do |words|
  time = Chronic.parse(words, now: now)
  puts "#{words}: #{time ? time.strftime('%d.%m.%Y %H:%M') : 'nothing'}"
end
CODE

cat >expected <<'SEEN'
2 Nov 2026: 02.11.2026 12:00
2 Nov 26: 26.11.2026 14:00
last day of november: 01.11.2026 12:00
march: 16.03.2027 11:30
next week: 09.12.2026 12:00
in 3 days: 02.12.2026 12:00
in an hour: nothing
SEEN
"$ruby" --disable-gems try.rb 2>/dev/null | tee seen
diff expected seen && echo 'as described'
