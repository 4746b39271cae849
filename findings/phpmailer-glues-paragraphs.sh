#!/usr/bin/env bash
# PHPMailer 6.6.3: the text part made of HTML has its paragraphs in one word, and one long line turns all line breaks of a letter into "=0A".
#
# Guess: paragraphs and <br> become line breaks in html2text(); quoted-printable, which a line of more than 998 octets asks for, keeps the other lines
# as lines (RFC 2045 section 6.7, rule 4).
# Seen:  tags are dropped and nothing is put in their place; with LF line ends in the body each break is encoded, and the text is one paragraph of "="
# lines.
# Hurts: who reads the text part reads "OneTwothree"; programs that canonicalise text show no line breaks, or boxes.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libphp-phpmailer >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libphp-phpmailer=6.6.3-1 php8.2-cli php8.2-mbstring >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
root=$work/root/usr
php=$(ls "$root"/bin/php8.2 2>/dev/null || command -v php8.2)
modules=$(find "$root/lib/php" /usr/lib/php -maxdepth 1 -name '2022*' 2>/dev/null | head -n 1 || true)
export LD_LIBRARY_PATH=$(echo "$root"/lib/*-linux-gnu)
php() { "$php" -n -d extension_dir="$modules" -d extension=mbstring -d extension=iconv -d extension=ctype -d include_path="$root/share/php" -d error_reporting=8183 "$@"; }

cat >try.php <<'CODE'
<?php
foreach (['Exception', 'PHPMailer', 'SMTP'] as $name) require "libphp-phpmailer/src/$name.php";
use PHPMailer\PHPMailer\PHPMailer;
$mail = new PHPMailer(true);
$mail->msgHTML('<p>Dear Anna,</p><p>your parcel<br>is here.</p><ul><li>one</li><li>two</li></ul>');
echo json_encode($mail->AltBody), "\n";
foreach (['short', str_repeat('x', 1000)] as $first) {
  $mail = new PHPMailer(true);
  $mail->setFrom('desk@example.com');
  $mail->addAddress('anna@example.com');
  $mail->Subject = 'x';
  $mail->Body = "$first\nsecond line\nthird line\n";
  $mail->preSend();
  preg_match('/Content-Transfer-Encoding: (\S+)/', $mail->getSentMIMEMessage(), $encoding);
  echo strlen($first), ' octets: ', $encoding[1] ?? '7bit', ', ends in ', json_encode(substr($mail->getSentMIMEMessage(), -36)), "\n";
}
CODE

cat >expected <<'SEEN'
"Dear Anna,your parcelis here.onetwo"
5 octets: 7bit, ends in "\r\n\r\nshort\r\nsecond line\r\nthird line\r\n"
1000 octets: quoted-printable, ends in "xxxxxx=0Asecond line=0Athird line=0A"
SEEN
php try.php | tee seen
diff expected seen && echo 'as described'
