#!/usr/bin/env bash
# fugit 1.5.2 (Ruby, Debian 12; rufus-scheduler and Sidekiq plans are read by it): "every 90 minutes" is every hour, "every 25 hours" every midnight.
#
# Guess: what no cron line can say is refused (nil), as "every 2 weeks" is.
# Seen:  the number is put behind */ as it stands, and */90 means minute 0. "every 5 days" is the 1st, 6th … of each month, so that the 31st and the 1st follow
# each other.
# Hurts: a reminder comes half as often again, or daily; the plan reads well in the settings.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show ruby-fugit >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root ruby-fugit=1.5.2-1 ruby-raabro ruby-et-orbi ruby-tzinfo ruby-concurrent tzdata ruby ruby3.1 libruby3.1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
ruby=$(ls "$root"/bin/ruby3.1 2>/dev/null || command -v ruby3.1)
gems=$(find "$root/share/rubygems-integration/all/gems" /usr/share/rubygems-integration/all/gems -type d \( -name lib -o -path '*/lib/concurrent-ruby' \) 2>/dev/null | tr '\n' ':' || true)
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu) TZ=Europe/Berlin
export RUBYLIB=$gems$root/lib/ruby/vendor_ruby/3.1.0:$root/lib/ruby/3.1.0:$(echo "$root"/lib/*-linux-gnu)/ruby/3.1.0:$root/lib/ruby/vendor_ruby

cat >try.rb <<'CODE'
require 'fugit'
['every 15 minutes', 'every 90 minutes', 'every 25 hours', 'every 5 days', 'every 2 weeks'].each do |words|
  plan = Fugit.parse(words)
  next puts("#{words}: refused") unless plan

  time = EtOrbi.parse('2026-11-29 12:05:00 Europe/Berlin')
  runs = (1..3).map { (time = plan.next_time(time)).strftime('%d.%m. %H:%M') }
  puts "#{words}: #{plan.original} (#{runs.join(', ')})"
end
CODE

cat >expected <<'SEEN'
every 15 minutes: */15 * * * * (29.11. 12:15, 29.11. 12:30, 29.11. 12:45)
every 90 minutes: */90 * * * * (29.11. 13:00, 29.11. 14:00, 29.11. 15:00)
every 25 hours: 0 */25 * * * (30.11. 00:00, 01.12. 00:00, 02.12. 00:00)
every 5 days: 0 0 */5 * * (01.12. 00:00, 06.12. 00:00, 11.12. 00:00)
every 2 weeks: refused
SEEN
"$ruby" --disable-gems try.rb 2>/dev/null | tee seen
diff expected seen && echo 'as described'
