#!/usr/bin/env bash
# Apache Mime4J 0.8.2: a letter to 600 people is an exception, and so is one with a long line in its header; a long line in the text is none.
#
# Guess: a reader of mail takes what mail servers deliver; limits are for the whole, or have to be set.
# Seen:  by default a field may have 10,000 octets, a line of the header 1,000 and a letter 1,000 fields (MimeConfig); over it nothing of the letter is read.
# Exchange writes such recipients, and some programs References, in one line.
# Hurts: letters to big lists and the answers to them stop the import, or are lost.
#
# Needs Debian 12, a JDK and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
type javac >/dev/null 2>&1 || { echo 'this script needs a JDK (openjdk-17-jdk-headless)'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libapache-mime4j-java >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libapache-mime4j-java=0.8.2-1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done

cat >Try.java <<'CODE'
import org.apache.james.mime4j.dom.Message; import org.apache.james.mime4j.message.DefaultMessageBuilder; import org.apache.james.mime4j.stream.MimeConfig; import java.io.*; import java.util.*;
public class Try {
  static void read(String name, String mail, MimeConfig config) throws Exception {
    DefaultMessageBuilder builder = new DefaultMessageBuilder(); if (config != null) builder.setMimeEntityConfig(config);
    try { Message letter = builder.parseMessage(new ByteArrayInputStream(mail.getBytes("US-ASCII"))); System.out.println(name + " -> read, recipients: " + (letter.getTo() == null ? 0 : letter.getTo().size())); } catch (IOException error) { System.out.println(name + " -> " + error.getMessage().replaceAll(".*: ", "")); }
  }
  public static void main(String[] args) throws Exception {
    StringJoiner people = new StringJoiner(",\r\n "); for (int n = 1; n <= 600; n++) people.add("anna" + n + "@example.com");
    read("600 recipients, one a line", "To: " + people + "\r\n\r\nHello\r\n", null);
    read("60 recipients, one line", "To: " + String.join(", ", Collections.nCopies(60, "anna@mail.example.com")) + "\r\n\r\nHello\r\n", null);
    read("2,000 letters in a line of the text", "To: anna@example.com\r\n\r\n" + "x".repeat(2000) + "\r\n", null);
    read("600 recipients, no limits", "To: " + people + "\r\n\r\nHello\r\n", MimeConfig.custom().setMaxHeaderLen(-1).setMaxLineLen(-1).setMaxHeaderCount(-1).build());
  }
}
CODE

cat >expected <<'SEEN'
600 recipients, one a line -> Maximum header length limit (10000) exceeded
60 recipients, one line -> Maximum line length limit (1000) exceeded
2,000 letters in a line of the text -> read, recipients: 1
600 recipients, no limits -> read, recipients: 600
SEEN
jars=$(find root/usr/share/java /usr/share/java -name '*.jar' 2>/dev/null | tr '\n' ':')
java -cp "$jars" Try.java | tee seen
diff expected seen && echo 'as described'
