#!/usr/bin/env bash
# icalendar 2.8.0 (Ruby): a time in UTC is written without its Z, and a time with TZID is read as if it were UTC.
#
# Guess: Time.utc(2026, 7, 1, 8) is written as 20260701T080000Z; DTSTART;TZID=Europe/Berlin:20260701T100000 is 08:00 in UTC, or has no offset at all.
# Seen:  without Z it is a floating time (RFC 5545 section 3.3.5); the time in Berlin is 10:00 +00:00. A Date as the end becomes midnight with
# VALUE=DATE missing. A calendar in small letters has no events, without an error.
# Hurts: appointments that a desk sends or reads are an hour or two off for all who do not live in London in winter.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show ruby-icalendar >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root ruby-icalendar=2.8.0-1 ruby >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
ruby=$(ls "$root"/bin/ruby3.1 2>/dev/null || command -v ruby3.1)
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu) GEM_PATH=$root/lib/ruby/gems/3.1.0:/usr/lib/ruby/gems/3.1.0:$root/share/rubygems-integration/all:/usr/share/rubygems-integration/all
export RUBYLIB=$root/lib/ruby/vendor_ruby/3.1.0:$root/lib/ruby/3.1.0:$(echo "$root"/lib/*-linux-gnu)/ruby/3.1.0:$root/lib/ruby/vendor_ruby

cat >try.rb <<'CODE'
%w[stringio date time delegate uri set].each { |name| require name }
require 'icalendar'
calendar = Icalendar::Calendar.new
calendar.event { |event| event.dtstart = Time.utc(2026, 7, 1, 8); event.dtend = Date.new(2026, 7, 2) }
puts calendar.to_ical.lines.grep(/^DT(START|END)/).map(&:chomp)
read = ->(text) { Icalendar::Calendar.parse(text).flat_map(&:events) }
text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Europe/Berlin:20260701T100000\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
puts read[text].map { |event| event.dtstart.to_s }
puts "in small letters: #{read[text.downcase].size} events"
CODE

cat >expected <<'SEEN'
DTSTART:20260701T080000
DTEND:20260702T000000
2026-07-01T10:00:00+00:00
in small letters: 0 events
SEEN
"$ruby" try.rb | tee seen
diff expected seen && echo 'as described'
