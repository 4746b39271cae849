#!/usr/bin/env bash
# alterMIME 0.3.10: the words below each letter are added as raw octets to quoted-printable, not at all to base64, and not to the HTML.
#
# Guess: the words are encoded as the part is (quoted-printable, base64), its charset is minded, and of two alternatives both get them.
# Seen:  the octets of the file stand in a part that is quoted-printable or 7bit, in whatever charset it is; base64 stays as it was, without a word.
# HTML needs an option of its own.
# Hurts: a legal footer is missing in just the letters with umlauts, or damages them.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show altermime >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root altermime=0.3.10-12 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
export root LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu)

cat >make.sh <<'CODE'
printf 'Example Ltd, Köln\n' >footer
try() {
  printf 'From: desk@example.com\nMIME-Version: 1.0\nContent-Type: text/plain; charset=%s\nContent-Transfer-Encoding: %s\n\n%s\n' "$1" "$2" "$3" >letter
  "$root/bin/altermime" --input=letter --disclaimer=footer >/dev/null 2>&1
  echo "$1 $2: $(sed '1,/^$/d' letter | grep -v '^$' | od -An -c -w99 | tr -d ' ' | sed 's/\\n/ | /g')"
}
try us-ascii 7bit Hello
try iso-8859-1 quoted-printable 'Gr=FC=DFe'
try utf-8 base64 R3LDvMOfZQo=
printf 'MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nHello\n--x\nContent-Type: text/html\n\n<html><body>Hello</body></html>\n--x--\n' >letter
"$root/bin/altermime" --input=letter --disclaimer=footer >/dev/null 2>&1
grep -c Example letter
CODE

cat >expected <<'SEEN'
us-ascii 7bit: Hello | ExampleLtd,K303266ln | 
iso-8859-1 quoted-printable: Gr=FC=DFe | ExampleLtd,K303266ln | 
utf-8 base64: R3LDvMOfZQo= | 
1
SEEN
bash make.sh | tee seen
diff expected seen && echo 'as described'
