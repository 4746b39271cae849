#!/usr/bin/env bash
# email_reply_trimmer 0.1.6 (Ruby, of Discourse): lines in the midst of a letter vanish, and a German answer of Gmail keeps the line above the quote.
#
# Guess: what stands above the quote is kept to the letter; "Am … schrieb Desk <…>:", which it knows in ten languages, is known when it is wrapped, too.
# Seen:  two lines with "From:" and "To:" are taken out of a paragraph, "Sent from …", "On … wrote:" at its start too; a date with a name in brackets
# and a colon ends the letter; the wrapped German line stays.
# Hurts: an order to carry boxes "From: Berlin, To: Paris" arrives without its addresses, and the original is not shown.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show ruby-email-reply-trimmer >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root ruby-email-reply-trimmer=0.1.6-2 ruby >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
ruby=$(ls "$root"/bin/ruby3.1 2>/dev/null || command -v ruby3.1)
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu) GEM_PATH=$root/lib/ruby/gems/3.1.0:/usr/lib/ruby/gems/3.1.0:$root/share/rubygems-integration/all:/usr/share/rubygems-integration/all
export RUBYLIB=$root/lib/ruby/vendor_ruby/3.1.0:$root/lib/ruby/3.1.0:$(echo "$root"/lib/*-linux-gnu)/ruby/3.1.0:$root/lib/ruby/vendor_ruby LC_ALL=C.UTF-8

cat >try.rb <<'CODE'
require 'email_reply_trimmer'
["Yes.\n\nOn Mon, Nov 2, 2026 at 10:00 AM Desk <desk@example.com> wrote:\n> Does it work?", "Ja.\n\nAm 02.11.2026 um 10:00 schrieb Desk:\n> Geht es?", "Ja.\n\nAm Mo., 2. Nov. 2026 um 10:00 Uhr schrieb Desk\n<desk@example.com>:\n> Geht es?",
 "Please carry:\nFrom: Berlin\nTo: Paris\nAs soon as you can.", "Sent from my new office are two boxes.\nDid they come?", "On Monday I wrote:\nthe pen is broken.\nPlease help.", "The plan:\n2026-11-02 10:00 meeting with <bob@example.com>:\nbring pens", "One\n--\nTwo"].each { |text| puts text.inspect, '  -> ' + EmailReplyTrimmer.trim(text).inspect }
CODE

cat >expected <<'SEEN'
"Yes.\n\nOn Mon, Nov 2, 2026 at 10:00 AM Desk <desk@example.com> wrote:\n> Does it work?"
  -> "Yes."
"Ja.\n\nAm 02.11.2026 um 10:00 schrieb Desk:\n> Geht es?"
  -> "Ja."
"Ja.\n\nAm Mo., 2. Nov. 2026 um 10:00 Uhr schrieb Desk\n<desk@example.com>:\n> Geht es?"
  -> "Ja.\n\nAm Mo., 2. Nov. 2026 um 10:00 Uhr schrieb Desk\n<desk@example.com>:"
"Please carry:\nFrom: Berlin\nTo: Paris\nAs soon as you can."
  -> "Please carry:\nAs soon as you can."
"Sent from my new office are two boxes.\nDid they come?"
  -> "Did they come?"
"On Monday I wrote:\nthe pen is broken.\nPlease help."
  -> "the pen is broken.\nPlease help."
"The plan:\n2026-11-02 10:00 meeting with <bob@example.com>:\nbring pens"
  -> "The plan:"
"One\n--\nTwo"
  -> "One"
SEEN
"$ruby" -W0 try.rb | tee seen
diff expected seen && echo 'as described'
