#!/usr/bin/env bash
# go-message 0.15 (Go, Debian 12; aerc and many other programs in Go read mail with it): one odd id ends References, a PDF that is "inline" is no attachment, and
# new letters have no charset and an empty Cc.
#
# Guess: ids are what stands in angle brackets, an odd one is left out; a part with Content-Type: application/pdf and a name is a file however it is shown; a text
# written as quoted-printable says that it is UTF-8; a field without addresses is not written (RFC 5322 section 3.6.3: at least one).
# Seen:  an id with a colon, a comma or a blank, or without an @, ends the list with an error, and those behind it are lost; a comma between two ids, too. Inline
# counts before the type, so the PDF comes as a piece of text. The umlauts of a new letter are UTF-8 without a charset.
# Hurts: an answer starts a new thread; a file is shown as letters, or not at all; the receiver reads GrÃ¼ÃŸe.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show golang-github-emersion-go-message-dev >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root golang-github-emersion-go-message-dev=0.15.0-1 golang-github-emersion-go-textwrapper-dev golang-golang-x-text-dev golang-1.19-go golang-1.19-src >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export GOROOT=$work/root/usr/lib/go-1.19 GO111MODULE=off GOPATH=$work/root/usr/share/gocode GOCACHE=$work/cache GOFLAGS=
[ -e "$GOROOT/src" ] || GOROOT=$work/root/usr/share/go-1.19

cat >try.go <<'CODE'
package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/emersion/go-message/mail"
)

func main() {
	for _, text := range []string{"<a@x> <b@x>", "<a@x>, <b@x>", "<a:1@x> <b@x>", "<a@x> <b,1@x> <c@x>", "<b 1@x> <c@x>", "<local> <b@x>", "<a@x> (of Monday) <b@x>"} {
		var header mail.Header
		header.Set("References", text)
		ids, err := header.MsgIDList("References")
		fmt.Println("References:", text, "->", ids, err)
	}
	for _, fields := range []string{"Content-Disposition: attachment; filename=list.pdf", "Content-Disposition: inline; filename=list.pdf", "Content-Disposition: attachment; filename=price list.pdf", "Content-Disposition: attachment (a file); filename=list.pdf"} {
		letter := "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/pdf\r\n" + fields + "\r\n\r\nx\r\n--b--\r\n"
		reader, _ := mail.CreateReader(strings.NewReader(letter))
		part, _ := reader.NextPart()
		switch header := part.Header.(type) {
		case *mail.InlineHeader:
			fmt.Println(fields, "-> inline")
		case *mail.AttachmentHeader:
			name, _ := header.Filename()
			fmt.Println(fields, "-> attachment", name)
		}
	}
	var out bytes.Buffer
	var header mail.Header
	header.SetAddressList("To", []*mail.Address{{Address: "anna@example.com"}})
	header.SetAddressList("Cc", nil)
	header.SetContentType("text/plain", nil)
	writer, _ := mail.CreateSingleInlineWriter(&out, header)
	io.WriteString(writer, "Grüße")
	writer.Close()
	fmt.Println(strings.ReplaceAll(out.String(), "\r\n", "\n"))
}
CODE

cat >expected <<'SEEN'
References: <a@x> <b@x> -> [a@x b@x] <nil>
References: <a@x>, <b@x> -> [a@x] mail: missing '<' in msg-id
References: <a:1@x> <b@x> -> [] mail: missing '@' in msg-id
References: <a@x> <b,1@x> <c@x> -> [a@x] mail: missing '@' in msg-id
References: <b 1@x> <c@x> -> [] mail: missing '@' in msg-id
References: <local> <b@x> -> [] mail: missing '@' in msg-id
References: <a@x> (of Monday) <b@x> -> [a@x b@x] <nil>
Content-Disposition: attachment; filename=list.pdf -> attachment list.pdf
Content-Disposition: inline; filename=list.pdf -> inline
Content-Disposition: attachment; filename=price list.pdf -> attachment 
Content-Disposition: attachment (a file); filename=list.pdf -> attachment 
Mime-Version: 1.0
Content-Transfer-Encoding: quoted-printable
Content-Type: text/plain
Cc: 
To: <anna@example.com>

Gr=C3=BC=C3=9Fe
SEEN
"$GOROOT/bin/go" run try.go 2>&1 | tee seen
diff expected seen && echo 'as described'
