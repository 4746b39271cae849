#!/usr/bin/env bash
# ice_cube 0.16.4 (Ruby): a series in New York is one at the same hour of the machine, and "until the 4th" ends on the 3rd.
#
# Guess: DTSTART;TZID=America/New_York:…T100000 is ten o'clock there; UNTIL with a date alone takes that day in, as most readers do.
# Seen:  TZID is dropped (here: ten o'clock in Berlin, six hours early) unless ActiveSupport has set a zone. The last day of UNTIL is missing. Rules in small letters are an error.
# Hurts: on-call hours of a colleague abroad, and the last day of each series, are wrong in every calendar that comes by mail.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show ruby-ice-cube >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root ruby-ice-cube=0.16.4-3 ruby ruby3.1 libruby3.1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
ruby=$(ls "$root"/bin/ruby3.1 2>/dev/null || command -v ruby3.1)
gems=$(find "$root/share/rubygems-integration/all/gems" /usr/share/rubygems-integration/all/gems -type d \( -name lib -o -path '*/lib/concurrent-ruby' \) 2>/dev/null | tr '\n' ':' || true)
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu) TZ=Europe/Berlin
export RUBYLIB=$gems$root/lib/ruby/vendor_ruby/3.1.0:$root/lib/ruby/3.1.0:$(echo "$root"/lib/*-linux-gnu)/ruby/3.1.0:$root/lib/ruby/vendor_ruby

cat >try.rb <<'CODE'
%w[time date delegate].each { |name| require name }
require 'ice_cube'
["DTSTART;TZID=America/New_York:20261102T100000\nRRULE:FREQ=DAILY;COUNT=2", "DTSTART:20261102T100000Z\nRRULE:FREQ=DAILY;UNTIL=20261104", "DTSTART:20261102T100000Z\nRRULE:FREQ=DAILY;UNTIL=20261104T100000Z", "DTSTART:20261102T100000Z\nRRULE:freq=daily;count=2"].each do |text|
  found = begin
    IceCube::Schedule.from_ical(text).all_occurrences.map { |one| one.strftime('%d.%m. %H:%M %z') }.join(', ')
  rescue StandardError => error
    "#{error.class}: #{error.message}"
  end
  puts text.tr("\n", ' '), "  #{found}"
end
CODE

cat >expected <<'SEEN'
DTSTART;TZID=America/New_York:20261102T100000 RRULE:FREQ=DAILY;COUNT=2
  02.11. 10:00 +0100, 03.11. 10:00 +0100
DTSTART:20261102T100000Z RRULE:FREQ=DAILY;UNTIL=20261104
  02.11. 10:00 +0000, 03.11. 10:00 +0000
DTSTART:20261102T100000Z RRULE:FREQ=DAILY;UNTIL=20261104T100000Z
  02.11. 10:00 +0000, 03.11. 10:00 +0000, 04.11. 10:00 +0000
DTSTART:20261102T100000Z RRULE:freq=daily;count=2
  ArgumentError: Invalid rule type
SEEN
"$ruby" --disable-gems try.rb 2>/dev/null | tee seen
diff expected seen && echo 'as described'
