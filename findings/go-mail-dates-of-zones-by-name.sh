#!/usr/bin/env bash
# Go 1.19 (net/mail): "10:00:00 EDT" is ten o'clock in UTC without an error, and a date without a blank behind its comma is none.
#
# Guess: EST to PDT are -0500 to -0700, as RFC 5322 section 4.3 says; an unknown name is an error or -0000; blanks around the comma and comments
# between the parts are optional (sections 3.3 and 3.2.2).
# Seen:  each name of three or four letters is UTC, known or not (the time package knows only names of the machine's own zone); a comment is read at
# the end only; "Z", the second 60 and a comma without a blank are errors.
# Hurts: letters of old American programs are hours too early, and sort before what they answer.
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
	"net/mail"
)

func main() {
	for _, text := range []string{"Mon, 2 Nov 2026 10:00:00 -0400 (EDT)", "Mon, 2 Nov 2026 10:00:00 EDT", "Mon, 2 Nov 2026 10:00:00 PST", "Mon, 2 Nov 2026 10:00:00 XYZ", "Mon, 2 Nov 2026 10:00:00 Z", "Mon, 2 Nov 2026 10:00:60 +0000", "Mon,2 Nov 2026 10:00:00 +0000", "mon, 2 nov 2026 10:00:00 +0000", "Mon, 2 Nov (today) 2026 10:00:00 +0000"} {
		date, err := mail.ParseDate(text)
		if err != nil {
			fmt.Println(text, "->", err)
		} else {
			fmt.Println(text, "->", date.UTC().Format("02 Jan 15:04 MST"))
		}
	}
}
CODE

cat >expected <<'SEEN'
Mon, 2 Nov 2026 10:00:00 -0400 (EDT) -> 02 Nov 14:00 UTC
Mon, 2 Nov 2026 10:00:00 EDT -> 02 Nov 10:00 UTC
Mon, 2 Nov 2026 10:00:00 PST -> 02 Nov 10:00 UTC
Mon, 2 Nov 2026 10:00:00 XYZ -> 02 Nov 10:00 UTC
Mon, 2 Nov 2026 10:00:00 Z -> mail: header could not be parsed
Mon, 2 Nov 2026 10:00:60 +0000 -> mail: header could not be parsed
Mon,2 Nov 2026 10:00:00 +0000 -> mail: header could not be parsed
mon, 2 nov 2026 10:00:00 +0000 -> 02 Nov 10:00 UTC
Mon, 2 Nov (today) 2026 10:00:00 +0000 -> mail: header could not be parsed
SEEN
TZ=UTC "$GOROOT/bin/go" run try.go | tee seen
diff expected seen && echo 'as described'
