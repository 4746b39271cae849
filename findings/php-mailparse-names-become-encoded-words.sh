#!/usr/bin/env bash
# mailparse 3.1.4 (PHP): a file name that was sent percent-encoded comes out as an encoded word, and quotes inside a name tear it in pieces.
#
# Guess: filename*=utf-8''Rech%C3%BCnung.pdf is decoded (RFC 2231), or is handed out as it stands with its charset beside it.
# Seen:  it is =?utf-8?Q?Rech=C3=BCnung.pdf?=; in pieces the word ends in the midst of the name. "Anna \"Ann\" Berg" is Anna \ Ann\  Berg, a comment
# stays in the name, and a source route in the address.
# Hurts: a program that decodes encoded words in the header fields alone stores the file under that name.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show php8.2-mailparse >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php8.2-cli php8.2-mbstring php8.2-mailparse=3.1.4+2.1.7~dev20160128-1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
php() { LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu) "$root/bin/php8.2" -n -d extension_dir="$(echo "$root"/lib/php/2*)" "$@"; }

cat >try.php <<'CODE'
<?php
foreach (["filename*=utf-8''Rech%C3%BCnung.pdf", "filename*0*=utf-8''Rech%C3%BCnung; filename*1=\"_of_May.pdf\"", "filename*0=\"order of\"; filename*1=\" May.pdf\"", 'filename="=?utf-8?q?Rech=C3=BCnung.pdf?="'] as $name) {
  $message = mailparse_msg_create();
  mailparse_msg_parse($message, "Content-Type: application/pdf\r\nContent-Disposition: attachment; $name\r\n\r\nx\r\n");
  echo $name, ' -> ', mailparse_msg_get_part_data($message)['disposition-filename'], "\n";
}
foreach (['"Berg, Anna" <anna@example.com>', '"Anna \"Ann\" Berg" <anna@example.com>', 'Anna (Sales) Berg <anna@example.com>', '<@relay.example:anna@example.com>', 'Desk: a@example.com, b@example.com;'] as $list)
  foreach (mailparse_rfc822_parse_addresses($list) as $one) echo $list, ' -> ', $one['display'], ' | ', $one['address'], "\n";
CODE

cat >expected <<'SEEN'
filename*=utf-8''Rech%C3%BCnung.pdf -> =?utf-8?Q?Rech=C3=BCnung.pdf?=
filename*0*=utf-8''Rech%C3%BCnung; filename*1="_of_May.pdf" -> =?utf-8?Q?Rech=C3=BCnung?=_of_May.pdf
filename*0="order of"; filename*1=" May.pdf" -> order of May.pdf
filename="=?utf-8?q?Rech=C3=BCnung.pdf?=" -> =?utf-8?q?Rech=C3=BCnung.pdf?=
"Berg, Anna" <anna@example.com> -> Berg, Anna | anna@example.com
"Anna \"Ann\" Berg" <anna@example.com> -> Anna \ Ann\  Berg | anna@example.com
Anna (Sales) Berg <anna@example.com> -> Anna (Sales) Berg | anna@example.com
<@relay.example:anna@example.com> -> @relay.example:anna@example.com | @relay.example:anna@example.com
Desk: a@example.com, b@example.com; -> Desk | :a@example.com,b@example.com;
SEEN
php -d extension=mbstring -d extension=mailparse try.php | tee seen
diff expected seen && echo 'as described'
