#!/usr/bin/env bash
# PHP 8.2 (imap extension): of Berg, Anna <anna@example.com> imap_rfc822_parse_adrlist makes a recipient Berg at one's own host, and of Outlook's anna@example.com
# <anna@example.com> one at ".SYNTAX-ERROR.".
#
# Guess: words without an @ are a name or nothing; what cannot be read is left out, or false comes back; the host that is given is for names of one's own machine
# such as root.
# Seen:  each word without an @ gets the host of the second argument, so that customers' family names become colleagues; a fault is an entry of the list, with the
# mailbox UNEXPECTED_DATA_AFTER_ADDRESS, which is joined like any other; begin and end of a group are entries, too.
# Hurts: the answer to all goes to berg@desk.example.net, who is nobody or somebody else, and to an address that cannot be sent to.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show php8.2-imap >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root php8.2-imap=8.2.36-1~deb12u1 php8.2-cli php8.2-common libc-client2007e mlock >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
php() { LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu):$root/lib "$root/bin/php8.2" -n -d extension_dir="$(echo "$root"/lib/php/2*)" "$@"; }

cat >try.php <<'CODE'
<?php
foreach ([
  'Anna Berg <anna@example.com>', 'Berg, Anna <anna@example.com>', 'anna@example.com <anna@example.com>', 'Anna [Ltd] <anna@example.com>', 'a@example.com; b@example.com', 'a@example.com b@example.com',
  'Desk: a@example.com;, b@example.com', 'undisclosed-recipients:;', 'Anna', 'root', '"anna b"@example.com', 'Anna <anna@example.com',
] as $list) {
  $read = array_map(fn($one) => ($one->mailbox ?? '(none)') . '@' . ($one->host ?? '(none)'), imap_rfc822_parse_adrlist($list, 'desk.example.net'));
  echo $list, ' -> ', implode(', ', $read), "\n";
}
imap_errors();
CODE

cat >expected <<'SEEN'
Anna Berg <anna@example.com> -> anna@example.com
Berg, Anna <anna@example.com> -> Berg@desk.example.net, anna@example.com
anna@example.com <anna@example.com> -> anna@example.com, UNEXPECTED_DATA_AFTER_ADDRESS@.SYNTAX-ERROR.
Anna [Ltd] <anna@example.com> -> Anna@desk.example.net, UNEXPECTED_DATA_AFTER_ADDRESS@.SYNTAX-ERROR.
a@example.com; b@example.com -> a@example.com, UNEXPECTED_DATA_AFTER_ADDRESS@.SYNTAX-ERROR.
a@example.com b@example.com -> a@example.com, UNEXPECTED_DATA_AFTER_ADDRESS@.SYNTAX-ERROR.
Desk: a@example.com;, b@example.com -> Desk@(none), a@example.com, (none)@(none), b@example.com
undisclosed-recipients:; -> undisclosed-recipients@(none), (none)@(none)
Anna -> Anna@desk.example.net
root -> root@desk.example.net
"anna b"@example.com -> anna b@example.com
Anna <anna@example.com -> anna@example.com, MISSING_MAILBOX_TERMINATOR@.SYNTAX-ERROR.
SEEN
php -d extension=imap try.php | tee seen
diff expected seen && echo 'as described'
