#!/usr/bin/env bash
# Go 1.19 (mime, net/mail): a file name in percent-encoded Latin-1 vanishes without an error, and a comment takes all parameters away.
#
# Guess: filename*=iso-8859-1''Gr%FC.pdf is decoded, as mime decodes encoded words in that charset; comments are skipped (RFC 2045 section 5.1).
# Seen:  the parameter is not in the map and err is nil (where filename= stands beside it, that is taken); with a comment, the map is empty, boundary and charset
# included. An address list with one address literal, or with a comment beside the @, is refused whole.
# Hurts: invoices arrive without a name; a multipart letter with "(by My Mailer)" behind its boundary cannot be read at all.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show golang-1.19-go >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root golang-1.19-go=1.19.8-2 golang-1.19-src=1.19.8-2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export GOROOT=$work/root/usr/lib/go-1.19 GOCACHE=$work/cache GO111MODULE=off GOPATH=$work/root/usr/share/gocode CGO_ENABLED=0 GOFLAGS=

cat >try.go <<'CODE'
package main

import (
	"fmt"
	"mime"
	"net/mail"
)

func main() {
	for _, text := range []string{"attachment; filename*=utf-8''Gr%C3%BC.pdf", "attachment; filename*=iso-8859-1''Gr%FC.pdf", "attachment; filename=Gr.pdf; filename*=iso-8859-1''Gr%FC.pdf", "attachment; filename*=windows-1252'de'Gr%FC.pdf; size=12", "multipart/mixed; boundary=b (by My Mailer)", "text/html (page); charset=utf-8"} {
		kind, parameters, err := mime.ParseMediaType(text)
		fmt.Printf("%s -> %q %v %v\n", text, kind, parameters, err)
	}
	word, err := new(mime.WordDecoder).DecodeHeader("=?iso-8859-1?q?Gr=FC?=")
	fmt.Println("encoded word:", word, err)
	for _, text := range []string{"anna@example.com, bob@example.com", "anna@example.com, bob@[192.0.2.1]", "anna@example.com, bob@example.com(Bob)", "anna@example.com, bob(Bob)@example.com", "anna@example.com, bob @ example.com"} {
		list, err := mail.ParseAddressList(text)
		fmt.Println(text, "->", len(list), err)
	}
}
CODE

cat >expected <<'SEEN'
attachment; filename*=utf-8''Gr%C3%BC.pdf -> "attachment" map[filename:Grü.pdf] <nil>
attachment; filename*=iso-8859-1''Gr%FC.pdf -> "attachment" map[] <nil>
attachment; filename=Gr.pdf; filename*=iso-8859-1''Gr%FC.pdf -> "attachment" map[filename:Gr.pdf] <nil>
attachment; filename*=windows-1252'de'Gr%FC.pdf; size=12 -> "attachment" map[size:12] <nil>
multipart/mixed; boundary=b (by My Mailer) -> "multipart/mixed" map[] mime: invalid media parameter
text/html (page); charset=utf-8 -> "" map[] mime: unexpected content after media subtype
encoded word: Grü <nil>
anna@example.com, bob@example.com -> 2 <nil>
anna@example.com, bob@[192.0.2.1] -> 0 mail: no angle-addr
anna@example.com, bob@example.com(Bob) -> 2 <nil>
anna@example.com, bob(Bob)@example.com -> 0 mail: no angle-addr
anna@example.com, bob @ example.com -> 0 mail: no angle-addr
SEEN
"$GOROOT/bin/go" run try.go | tee seen
diff expected seen && echo 'as described'
