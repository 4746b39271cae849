#!/usr/bin/env bash
# Mail 2.7.1 (Ruby): a letter in quoted-printable that is read and written again ends each line with "=0D" and a bare LF.
#
# Guess: what is written again is the letter as it came, with CRLF at the ends of its lines (RFC 2045 section 6.7, rule 4).
# Seen:  decoded has CRLF in quoted-printable, base64 and 8bit, but LF in 7bit; writing encodes that CR as =0D, and the lines end in LF alone.
# Hurts: forwarded and stored copies show a sign at the end of each line, and their signatures (DKIM, S/MIME) no longer hold.
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
{ '7bit' => "one\r\ntwo\r\n", '8bit' => "Grüße\r\nzwei\r\n", 'quoted-printable' => "Gr=C3=BC=C3=9Fe\r\nzwei\r\n" }.each do |encoding, body|
  mail = Mail.new("From: anna@example.com\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: #{encoding}\r\n\r\n#{body}")
  puts "#{encoding}: decoded #{mail.decoded.inspect}, written again as #{mail.to_s[/Content-Transfer-Encoding: (\S+)/, 1]} #{mail.to_s.split("\r\n\r\n", 2)[1].inspect}"
end
CODE

cat >expected <<'SEEN'
7bit: decoded "one\ntwo\n", written again as 7bit "one\r\ntwo\r\n"
8bit: decoded "Grüße\r\nzwei\r\n", written again as base64 "R3LDvMOfZQ0KendlaQ0K\r\n"
quoted-printable: decoded "Grüße\r\nzwei\r\n", written again as quoted-printable "Gr=C3=BC=C3=9Fe=0D\nzwei=0D\n"
SEEN
"$ruby" try.rb | tee seen
diff expected seen && echo 'as described'
