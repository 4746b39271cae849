#!/usr/bin/env bash
# Commons Email 1.5 (Java): HTML without setCharset is written in Latin-1, with a question mark for each €, and called UTF-8.
#
# Guess: without a charset all is in the default one of the machine, and Content-Type says which: so it is with the text part.
# Seen:  Content-Type names the default of the machine, the bytes are ISO 8859-1 whatever that is. With setCharset("UTF-8"), called before setHtmlMsg, both
# are UTF-8.
# Hurts: all letters with umlauts are broken in HTML, while the text part, which the developer reads in the log, is right.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libcommons-email-java >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libcommons-email-java=1.5-3 libmail-java libactivation-java >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
type javac >/dev/null 2>&1 || { echo 'this script needs a JDK (openjdk-17-jdk-headless)'; exit 2; }

cat >Try.java <<'CODE'
import java.io.ByteArrayOutputStream;
import org.apache.commons.mail.HtmlEmail;

public class Try {
  public static void main(String[] words) throws Exception {
    for (String charset : new String[] { null, "UTF-8" }) {
      for (boolean text : new boolean[] { false, true }) {
        HtmlEmail letter = new HtmlEmail();
        if (charset != null) letter.setCharset(charset);
        letter.setHostName("localhost");
        letter.setFrom("desk@example.org").addTo("anna@example.com").setSubject("Offer");
        letter.setHtmlMsg("<p>für 20 €</p>");
        if (text) letter.setTextMsg("für 20 €");
        letter.buildMimeMessage();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        letter.getMimeMessage().writeTo(bytes);
        String seen = bytes.toString("US-ASCII").replaceAll("(?s).*?(Content-Type: text/html[^\\r]*).*?(<p>.*?/p>|PHA[^\\r]*).*", "$1 $2");
        System.out.println("charset " + charset + (text ? ", with text" : ", HTML alone") + " -> " + seen);
      }
    }
  }
}
CODE

cat >expected <<'SEEN'
charset null, HTML alone -> Content-Type: text/html; charset=UTF-8 <p>f=FCr 20 ?</p>
charset null, with text -> Content-Type: text/html; charset=UTF-8 <p>f=FCr 20 ?</p>
charset UTF-8, HTML alone -> Content-Type: text/html; charset=UTF-8 <p>f=C3=BCr 20 =E2=82=AC</p>
charset UTF-8, with text -> Content-Type: text/html; charset=UTF-8 <p>f=C3=BCr 20 =E2=82=AC</p>
SEEN
LC_ALL=C.UTF-8 java -cp 'root/usr/share/java/*' Try.java | tee seen
diff expected seen && echo 'as described'
