#!/usr/bin/env bash
# Jakarta Mail 2.0.0: setFrom("Bärbel <desk@example.net>") writes the umlaut as it is into the header; setSubject and a name on its own are encoded.
#
# Guess: all that is not ASCII becomes an encoded word (RFC 2047) when the field is written.
# Seen:  only InternetAddress(address, name) and setPersonal encode. A name parsed out of a string is believed to be encoded already, and goes out as UTF-8 in
# a letter that says nothing of it (RFC 6532 wants a server with SMTPUTF8).
# Hurts: the sender that stands in a setting arrives as "BÃ¤rbel", or the letter is refused.
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
  static void show(String name, InternetAddress from) throws Exception {
    MimeMessage letter = new MimeMessage(Session.getInstance(new Properties()));
    letter.setFrom(from); letter.setSubject("Gr\u00fc\u00dfe", "UTF-8"); letter.setText("Hello");
    ByteArrayOutputStream out = new ByteArrayOutputStream(); letter.writeTo(out);
    for (String line : out.toString("ISO-8859-1").split("\r\n")) if (line.matches("(From|Subject):.*")) System.out.println(name + " -> " + line.replaceAll("[\u0080-\u00ff]+", "[octets above 127]"));
  }
  public static void main(String[] args) throws Exception {
    show("two arguments", new InternetAddress("desk@example.net", "B\u00e4rbel", "UTF-8"));
    show("one string", new InternetAddress("B\u00e4rbel <desk@example.net>"));
    show("one string, Polish", new InternetAddress("\u0141ucja <desk@example.net>"));
  }
}
CODE

cat >expected <<'SEEN'
two arguments -> From: =?UTF-8?Q?B=C3=A4rbel?= <desk@example.net>
two arguments -> Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
one string -> From: "B[octets above 127]rbel" <desk@example.net>
one string -> Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
one string, Polish -> From: "[octets above 127]ucja" <desk@example.net>
one string, Polish -> Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
SEEN
jars=$(find root/usr/share/java /usr/share/java -name 'jakarta-*.jar' 2>/dev/null | tr '\n' ':')
java -cp "$jars" Try.java | tee seen
diff expected seen && echo 'as described'
