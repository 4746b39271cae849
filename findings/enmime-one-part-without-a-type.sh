#!/usr/bin/env bash
# enmime 0.9.3 (Go): a text part without Content-Type is no text, texts are joined by a line "--", and a comment in Content-Type refuses the letter.
#
# Guess: a part without Content-Type is plain text (RFC 2045 section 5.2); two texts are joined by a line break; comments are skipped.
# Seen:  the part is in OtherParts, and Text is made of the HTML beside it; the line "--" between two texts is what readers of replies take for the
# start of a signature; a text file sent inline is in Text and in Inlines; "text/html (page)" is an error for the whole envelope.
# Hurts: below "--" the second half of the letter is cut off as a signature; the file shows twice.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show golang-github-jhillyerd-enmime-dev >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root golang-1.19-go=1.19.8-2 golang-1.19-src=1.19.8-2 golang-github-jhillyerd-enmime-dev=0.9.3-2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export GOROOT=$work/root/usr/lib/go-1.19 GOCACHE=$work/cache GO111MODULE=off GOPATH=$work/root/usr/share/gocode CGO_ENABLED=0 GOFLAGS=

cat >try.go <<'CODE'
package main

import (
	"fmt"
	"github.com/jhillyerd/enmime"
	"strings"
)

func read(kind string, parts ...string) {
	envelope, err := enmime.ReadEnvelope(strings.NewReader(strings.ReplaceAll("From: anna@example.com\nContent-Type: multipart/"+kind+"; boundary=b\n\n--b\n"+strings.Join(parts, "\n--b\n")+"\n--b--\n", "\n", "\r\n")))
	fmt.Printf("%s %q\n  -> ", kind, parts)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("text %q, inline %d, other %d\n", envelope.Text, len(envelope.Inlines), len(envelope.OtherParts))
}

func main() {
	read("alternative", "\nSee you on Monday.", "Content-Type: text/html\n\n<b>See you</b>")
	read("mixed", "Content-Type: text/plain\n\nFirst.", "Content-Type: text/plain\n\nSecond.")
	read("mixed", "Content-Type: text/plain\n\nFirst.", "Content-Type: text/plain; name=a.txt\nContent-Disposition: inline; filename=a.txt\n\nA file.")
	read("mixed", "Content-Type: text/plain (words); charset=utf-8\n\nFirst.")
}
CODE

cat >expected <<'SEEN'
alternative ["\nSee you on Monday." "Content-Type: text/html\n\n<b>See you</b>"]
  -> text "*See you*", inline 0, other 1
mixed ["Content-Type: text/plain\n\nFirst." "Content-Type: text/plain\n\nSecond."]
  -> text "First.\n--\nSecond.", inline 0, other 0
mixed ["Content-Type: text/plain\n\nFirst." "Content-Type: text/plain; name=a.txt\nContent-Disposition: inline; filename=a.txt\n\nA file."]
  -> text "First.\n--\nA file.", inline 1, other 0
mixed ["Content-Type: text/plain (words); charset=utf-8\n\nFirst."]
  -> Failed to ReadParts: mime: unexpected content after media subtype
SEEN
"$GOROOT/bin/go" run try.go | tee seen
diff expected seen && echo 'as described'
