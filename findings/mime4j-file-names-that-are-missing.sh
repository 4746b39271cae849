#!/usr/bin/env bash
# Apache Mime4J 0.8.2: a file whose name has an umlaut has no name, in either way of writing it, and a name that stands only in Content-Type is none.
#
# Guess: getFilename() knows RFC 2231 (filename*), joins its pieces, decodes an encoded word as all programs do, and takes name= where there is no filename=.
# Seen:  filename* and filename*0* are null; an encoded word stays as it is; name= is not looked at. A name with a blank and no quotes is read in full.
# Hurts: attachments of most customers with umlauts are "unnamed", and open with nothing.
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
import org.apache.james.mime4j.message.DefaultMessageBuilder; import java.io.*;
public class Try {
  public static void main(String[] args) throws Exception {
    for (String fields : new String[] {"Content-Disposition: attachment; filename=\"offer.pdf\"", "Content-Disposition: attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf", "Content-Disposition: attachment; filename*0=\"a long \"; filename*1=\"name.pdf\"", "Content-Disposition: attachment; filename=\"=?utf-8?Q?Gr=C3=BC=C3=9Fe.pdf?=\"", "Content-Type: application/pdf; name=\"offer.pdf\"", "Content-Disposition: attachment; filename=price list.pdf"}) {
      String mail = "Subject: x\r\n" + fields + "\r\n\r\nx\r\n";
      System.out.println(fields + " -> " + new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(mail.getBytes("US-ASCII"))).getFilename());
    }
  }
}
CODE

cat >expected <<'SEEN'
Content-Disposition: attachment; filename="offer.pdf" -> offer.pdf
Content-Disposition: attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf -> null
Content-Disposition: attachment; filename*0="a long "; filename*1="name.pdf" -> null
Content-Disposition: attachment; filename="=?utf-8?Q?Gr=C3=BC=C3=9Fe.pdf?=" -> =?utf-8?Q?Gr=C3=BC=C3=9Fe.pdf?=
Content-Type: application/pdf; name="offer.pdf" -> null
Content-Disposition: attachment; filename=price list.pdf -> price list.pdf
SEEN
jars=$(find root/usr/share/java /usr/share/java -name '*.jar' 2>/dev/null | tr '\n' ':')
java -cp "$jars" Try.java | tee seen
diff expected seen && echo 'as described'
