#!/usr/bin/env bash
# mblaze 1.1 (Debian 12): the quotes of "Größe, Bob" are written into the encoded word, half of them, and maddr cuts names at a decoded comma.
#
# Guess: the quotes of a name are part of its syntax and fall away when the name is encoded (RFC 2047 section 5, rule 3: no quote in such a word);
# words are decoded after the list of addresses is taken apart.
# Seen:  =?UTF-8?Q?"Gr=C3=B6=C3=9Fe,?= Bob" <b@example.com>: one quote is inside, the other outside, and a comment becomes part of the name. maddr
# makes "A" of the name "Grü, A".
# Hurts: readers that see the quote open before they see a word find no address at all (Python 3.11: email.policy.default).
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show mblaze >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root mblaze=1.1-1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu) LC_ALL=C.UTF-8 HOME=$work PATH=$PATH:$root/bin

cat >expected <<'SEEN'
Größe <b@example.com>
  To: =?UTF-8?Q?Gr=C3=B6=C3=9Fe?= <b@example.com>
"Größe, Bob" <b@example.com>
  To: =?UTF-8?Q?"Gr=C3=B6=C3=9Fe,?= Bob" <b@example.com>
"Bob Größe" <b@example.com>
  To: "Bob =?UTF-8?Q?Gr=C3=B6=C3=9Fe"?= <b@example.com>
Bob (Büro) <b@example.com>
  To: Bob =?UTF-8?Q?(B=C3=BCro)?= <b@example.com>
"Grü, A" <g@example.com> -> maddr: "Grü, A" <g@example.com>
=?utf-8?q?Gr=C3=BC=2C_A?= <g@example.com> -> maddr: A <g@example.com>
SEEN
for to in 'Größe <b@example.com>' '"Größe, Bob" <b@example.com>' '"Bob Größe" <b@example.com>' 'Bob (Büro) <b@example.com>'; do
  printf 'To: %s\nSubject: x\n\nHello\n' "$to" >letter
  echo "$to"
  mmime <letter | sed -n '/^To/,/^Subject/p' | grep -v ^Subject | sed 's/^/  /'
done >seen
for to in '"Grü, A" <g@example.com>' '=?utf-8?q?Gr=C3=BC=2C_A?= <g@example.com>'; do
  printf 'To: %s\n\nHello\n' "$to" >letter
  echo "$to -> maddr: $(maddr ./letter)" >>seen
done
cat seen
diff expected seen && echo 'as described'
