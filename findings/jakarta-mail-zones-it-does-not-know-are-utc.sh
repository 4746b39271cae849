#!/usr/bin/env bash
# Jakarta Mail 2.0.0: a date in CEST is two hours late, 31 November is 1 December, and a month written out makes the date none.
#
# Guess: getSentDate() is null for what it cannot read; a zone by name that is not in RFC 5322 is known to Java, or null.
# Seen:  CEST and a missing zone are taken as UTC, while EST is right; days roll over to the next month; "2 November" is null. Apache Mime4J 0.8.2 is null
# where Jakarta is right: with UT (section 4.3), a German day, no zone, and no blank after the comma; it rolls over too.
# Hurts: answers stand before their questions, and reports of the first reaction are hours off.
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
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libjakarta-mail-java=2.0.0-2 libapache-mime4j-java=0.8.2-1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done

cat >Try.java <<'CODE'
import java.io.*; import java.util.*;
public class Try {
  public static void main(String[] args) throws Exception {
    for (String date : new String[] {"Mon, 2 Nov 2026 10:00:00 +0100", "Mon, 2 Nov 2026 10:00:00 EST", "Mon, 2 Nov 2026 10:00:00 CEST", "Mon, 2 Nov 2026 10:00:00 UT", "Mon, 2 Nov 2026 10:00:00", "Mo, 2 Nov 2026 10:00:00 +0100", "Tue, 31 Nov 2026 10:00:00 +0000", "Mon, 2 November 2026 10:00:00 +0000", "Mon,2 Nov 2026 10:00:00 +0000"}) {
      byte[] mail = ("Date: " + date + "\r\n\r\nx").getBytes("US-ASCII");
      Date one = new jakarta.mail.internet.MimeMessage(jakarta.mail.Session.getInstance(new Properties()), new ByteArrayInputStream(mail)).getSentDate();
      Date other = new org.apache.james.mime4j.message.DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(mail)).getDate();
      System.out.println(date + " -> Jakarta " + (one == null ? null : one.toInstant()) + ", Mime4J " + (other == null ? null : other.toInstant()));
    }
  }
}
CODE

cat >expected <<'SEEN'
Mon, 2 Nov 2026 10:00:00 +0100 -> Jakarta 2026-11-02T09:00:00Z, Mime4J 2026-11-02T09:00:00Z
Mon, 2 Nov 2026 10:00:00 EST -> Jakarta 2026-11-02T15:00:00Z, Mime4J 2026-11-02T15:00:00Z
Mon, 2 Nov 2026 10:00:00 CEST -> Jakarta 2026-11-02T10:00:00Z, Mime4J 2026-11-02T08:00:00Z
Mon, 2 Nov 2026 10:00:00 UT -> Jakarta 2026-11-02T10:00:00Z, Mime4J null
Mon, 2 Nov 2026 10:00:00 -> Jakarta 2026-11-02T10:00:00Z, Mime4J null
Mo, 2 Nov 2026 10:00:00 +0100 -> Jakarta 2026-11-02T09:00:00Z, Mime4J null
Tue, 31 Nov 2026 10:00:00 +0000 -> Jakarta 2026-12-01T10:00:00Z, Mime4J 2026-12-01T10:00:00Z
Mon, 2 November 2026 10:00:00 +0000 -> Jakarta null, Mime4J 2026-11-02T10:00:00Z
Mon,2 Nov 2026 10:00:00 +0000 -> Jakarta 2026-11-02T10:00:00Z, Mime4J null
SEEN
jars=$(find root/usr/share/java /usr/share/java -name '*.jar' 2>/dev/null | tr '\n' ':')
TZ=UTC java -cp "$jars" Try.java | tee seen
diff expected seen && echo 'as described'
