#!/usr/bin/env bash
# jaytaylor/html2text (Go, 2021): a word, a price or a ticket's number with an element inside is cut by blanks: TK-<b>2026</b>-117 is "TK- *2026* -117".
#
# Guess: elements within a line add nothing, as in a browser (b perhaps its stars); ol counts; a picture is its alt text.
# Seen:  each element's text is joined by a blank, also in front of commas and behind brackets. ol is a list with stars, and pictures are left out with their
# alt text.
# Hurts: numbers that Word and web editors mark in the midst are not found any more, neither by a search nor by the rule that joins answers to tickets.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show golang-github-jaytaylor-html2text-dev >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root golang-github-jaytaylor-html2text-dev=0.0~git20211013.90c08c5-2 golang-1.19-go=1.19.8-2 golang-1.19-src=1.19.8-2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export GOROOT=$work/root/usr/lib/go-1.19 GOCACHE=$work/cache GO111MODULE=off GOPATH=$work/root/usr/share/gocode CGO_ENABLED=0 GOFLAGS=

cat >try.go <<'CODE'
package main

import (
	"fmt"

	"jaytaylor.com/html2text"
)

func main() {
	for _, html := range []string{"TK-<b>2026</b>-117", "20<span>,50</span> Euro", "<span>An</span><span>na</span>", "(<i>see</i>), <a href=\"https://example.com\">here</a>.", "m<sup>2</sup>", "<ol><li>off</li><li>on</li></ol>", "<img src=\"cid:1\" alt=\"20 Euro\">", "<table><tr><td>Price</td><td>20</td></tr></table>"} {
		text, err := html2text.FromString(html)
		fmt.Printf("%s -> %q %v\n", html, text, err)
	}
}
CODE

cat >expected <<'SEEN'
TK-<b>2026</b>-117 -> "TK- *2026* -117" <nil>
20<span>,50</span> Euro -> "20 ,50 Euro" <nil>
<span>An</span><span>na</span> -> "An na" <nil>
(<i>see</i>), <a href="https://example.com">here</a>. -> "( see ), here ( https://example.com )." <nil>
m<sup>2</sup> -> "m 2" <nil>
<ol><li>off</li><li>on</li></ol> -> "* off\n* on" <nil>
<img src="cid:1" alt="20 Euro"> -> "" <nil>
<table><tr><td>Price</td><td>20</td></tr></table> -> "Price 20" <nil>
SEEN
"$GOROOT/bin/go" run try.go | tee seen
diff expected seen && echo 'as described'
