#!/usr/bin/env bash
# Jakarta Mail 2.0.0: a part says that it is text/plain and gives a stream, no String; an attached file with a blank in its name is an exception.
#
# Guess: getContent() of a text/plain part is a String, with a charset that is not known read somehow; "Content-Type: text", as old programs write it, is
# text/plain (RFC 2045 section 5.2); the name is read up to the blank.
# Seen:  with ";;" in the type isMimeType("text/plain") is true and the content a stream: the usual cast fails. "text" alone is no text. A charset or an
# encoding that is not known throws, and so does asking for the name, unless mail.mime.parameters.strict is false for the whole program.
# Hurts: letters of such programs stop the import, or arrive empty.
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
  interface Asked { Object get() throws Exception; }
  static String said(Asked asked) {
    try { Object answer = asked.get(); return answer instanceof InputStream ? "a stream" : String.valueOf(answer).trim(); } catch (Exception error) { return error.getClass().getSimpleName(); }
  }
  public static void main(String[] args) throws Exception {
    for (String fields : new String[] {"Content-Type: text/plain; format=flowed", "Content-Type: text/plain;; format=flowed", "Content-Type: text", "Content-Type: text/plain; charset=unknown-8bit", "Content-Transfer-Encoding: 8-bit", "Content-Disposition: attachment; filename=price list.txt"}) {
      MimeMessage letter = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(("Subject: x\r\n" + fields + "\r\n\r\nHello\r\n").getBytes("US-ASCII")));
      System.out.println(fields + " -> text/plain: " + said(() -> letter.isMimeType("text/plain")) + ", content: " + said(letter::getContent) + ", name: " + said(letter::getFileName));
    }
  }
}
CODE

cat >expected <<'SEEN'
Content-Type: text/plain; format=flowed -> text/plain: true, content: Hello, name: null
Content-Type: text/plain;; format=flowed -> text/plain: true, content: a stream, name: null
Content-Type: text -> text/plain: false, content: a stream, name: null
Content-Type: text/plain; charset=unknown-8bit -> text/plain: true, content: UnsupportedEncodingException, name: null
Content-Transfer-Encoding: 8-bit -> text/plain: true, content: IOException, name: null
Content-Disposition: attachment; filename=price list.txt -> text/plain: true, content: Hello, name: ParseException
SEEN
jars=$(find root/usr/share/java /usr/share/java -name 'jakarta-*.jar' 2>/dev/null | tr '\n' ':')
java -cp "$jars" Try.java | tee seen
diff expected seen && echo 'as described'
