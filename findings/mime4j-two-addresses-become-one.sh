#!/usr/bin/env bash
# Apache Mime4J 0.8.2: "anna@example.com; bob@example.com" is one mailbox, and so is anna@example.com <anna@example.com>, both with addresses that are none.
#
# Guess: the lenient parser takes a semicolon as Outlook's comma, and what stands in angle brackets as the address.
# Seen:  where an @ comes first, all up to the next comma is called the address; nothing says that it cannot be one. A name in brackets behind the address,
# which RFC 5322 section 3.4 mentions, is lost.
# Hurts: contacts are made for addresses that nobody has, and answers to them come back.
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
import org.apache.james.mime4j.dom.address.*; import org.apache.james.mime4j.field.address.LenientAddressParser;
public class Try {
  public static void main(String[] args) {
    for (String text : new String[] {"Anna Berg <anna@example.com>", "anna@example.com; bob@example.com", "anna@example.com <anna@example.com>", "\"anna@example.com\" <anna@example.com>", "anna@example.com (Anna Berg)", "Anna Berg anna@example.com"}) {
      StringBuilder seen = new StringBuilder();
      for (Mailbox one : LenientAddressParser.DEFAULT.parseAddressList(text).flatten()) seen.append(" [").append(one.getName()).append(" | ").append(one.getAddress()).append("]");
      System.out.println(text + " ->" + seen);
    }
  }
}
CODE

cat >expected <<'SEEN'
Anna Berg <anna@example.com> -> [Anna Berg | anna@example.com]
anna@example.com; bob@example.com -> [null | anna@example.com;bob@example.com]
anna@example.com <anna@example.com> -> [null | anna@example.com<anna@example.com>]
"anna@example.com" <anna@example.com> -> [anna@example.com | anna@example.com]
anna@example.com (Anna Berg) -> [null | anna@example.com]
Anna Berg anna@example.com -> [null | Anna Berg anna@example.com]
SEEN
jars=$(find root/usr/share/java /usr/share/java -name '*.jar' 2>/dev/null | tr '\n' ':')
java -cp "$jars" Try.java | tee seen
diff expected seen && echo 'as described'
