#!/usr/bin/env bash
# Jakarta Mail 2.0.0: reply() writes "Re: Re: Grüße" when the subject came encoded, and "Re: re:offer" when no blank follows the colon.
#
# Guess: a subject that begins with Re:, in any case and after decoding, is left as it is.
# Seen:  the field is looked at before it is decoded, and only "re: " with a blank counts. The original is marked \Answered at once, before anything was sent.
# Hurts: each answer to a customer who writes with umlauts gets one "Re: " more; rules and threads by subject fail.
#
# Needs Debian 12, a JDK and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
type javac >/dev/null 2>&1 || { echo 'this script needs a JDK (openjdk-17-jdk-headless)'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libjakarta-mail-java >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libjakarta-mail-java=2.0.0-2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done

cat >Try.java <<'CODE'
import jakarta.mail.*; import jakarta.mail.internet.*; import java.io.*; import java.util.*;
public class Try {
  public static void main(String[] args) throws Exception {
    for (String subject : new String[] {"Offer", "RE: Offer", "re:Offer", "AW: Offer", "=?utf-8?Q?Re:_Gr=C3=BC=C3=9Fe?=", "Re: =?utf-8?Q?Gr=C3=BC=C3=9Fe?="}) {
      String mail = "From: anna@example.com\r\nTo: desk@example.net\r\nMessage-ID: <1@example.com>\r\nSubject: " + subject + "\r\n\r\nHello\r\n";
      MimeMessage letter = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail.getBytes("US-ASCII")));
      String answer = ((MimeMessage) letter.reply(false)).getSubject();
      System.out.println(subject + " -> " + answer.replace("ü", "ue").replace("ß", "ss") + ", answered: " + letter.isSet(Flags.Flag.ANSWERED));
    }
  }
}
CODE

cat >expected <<'SEEN'
Offer -> Re: Offer, answered: true
RE: Offer -> RE: Offer, answered: true
re:Offer -> Re: re:Offer, answered: true
AW: Offer -> Re: AW: Offer, answered: true
=?utf-8?Q?Re:_Gr=C3=BC=C3=9Fe?= -> Re: Re: Gruesse, answered: true
Re: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= -> Re: Gruesse, answered: true
SEEN
java -cp "root/usr/share/java/jakarta-mail.jar:$(ls root/usr/share/java/jakarta-activation.jar /usr/share/java/jakarta-activation.jar 2>/dev/null | head -n 1)" Try.java | tee seen
diff expected seen && echo 'as described'
