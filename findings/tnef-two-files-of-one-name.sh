#!/usr/bin/env bash
# tnef 1.4.18 and ytnef 2.0 (winmail.dat of Outlook, Debian 12): of two files with one name, tnef keeps the first, ytnef the last.
#
# Guess: the second is saved as report.txt.1 or the like; the long name in Unicode is taken before the short one of DOS; names of code page 1252 become
# UTF-8.
# Seen:  both end with exit code 0 and one file. ytnef writes GR~1.TXT where the long name is in Unicode (PR_ATTACH_LONG_FILENAME as PT_UNICODE), and
# both write names of the code page as raw octets.
# Hurts: a letter with five pictures "image.png" arrives with one of them.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show tnef >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root tnef=1.4.18-3 ytnef-tools libytnef0 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu)
cat >make.py <<'CODE'
import struct
def attribute(level, name, data): return struct.pack('<BII', level, name, len(data)) + data + struct.pack('<H', sum(data) & 0xffff)
def wide(tag, text):
    octets = text.encode('utf-16le') + b'\0\0'
    return attribute(2, 0x69005, struct.pack('<IIII', 1, tag, 1, len(octets)) + octets + b'\0' * (-len(octets) % 4))
def file(title, data, long=None): return attribute(2, 0x69002, struct.pack('<HIHHI', 1, 0xffffffff, 0, 0, 0)) + attribute(2, 0x18010, title.encode('cp1252') + b'\0') + attribute(2, 0x6800f, data) + (wide(0x3707001f, long) if long else b'')
def winmail(*files): return struct.pack('<IH', 0x223E9F78, 1) + attribute(1, 0x89006, struct.pack('<I', 0x10000)) + attribute(1, 0x69007, struct.pack('<II', 1252, 0)) + b''.join(files)
open('same.dat', 'wb').write(winmail(file('report.txt', b'first'), file('report.txt', b'second')))
open('long.dat', 'wb').write(winmail(file('GR~1.TXT', b'x', 'Größe of all.txt')))
open('page.dat', 'wb').write(winmail(file('Größe.txt', b'x')))
CODE
python3 make.py
try() {
  echo "$1"
  mkdir tnef ytnef
  "$root/bin/tnef" -C tnef "$1.dat" >/dev/null 2>&1 && echo '  tnef: exit code 0'
  "$root/bin/ytnef" -f ytnef "$1.dat" >/dev/null 2>&1 && echo '  ytnef: exit code 0'
  for file in tnef/* ytnef/*; do printf '  %s: %s\n' "$file" "$(cat "$file")"; done | LC_ALL=C cat -v
  rm -r tnef ytnef
}

cat >expected <<'SEEN'
same
  tnef: exit code 0
  ytnef: exit code 0
  tnef/report.txt: first
  ytnef/report.txt: second
long
  tnef: exit code 0
  ytnef: exit code 0
  tnef/GrM-CM-6M-CM-^_e of all.txt: x
  ytnef/GR~1.TXT: x
page
  tnef: exit code 0
  ytnef: exit code 0
  tnef/GrM-vM-_e.txt: x
  ytnef/GrM-vM-_e.txt: x
SEEN
{ try same; try long; try page; } | tee seen
diff expected seen && echo 'as described'
