#!/usr/bin/env bash
# araddon/dateparse (Go, 2021): "10:30" is the 30th of October in the year 0, "3:04pm" the 1st of March, and dates with dots have the month first.
#
# Guess: a time without a day is refused (or is today); 2.11.2026, which nobody in America writes, is the 2nd of November; EST is -0500.
# Seen:  no error for any of them. "12.30" is the 30th of December; EST and CET are names with UTC's time; 13/11/2026 is an error rather than the 13th.
# Hurts: times in letters and forms become days two thousand years ago, and dates of German, Finnish and Swiss writers have day and month changed up to the
# 12th.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show golang-github-araddon-dateparse-dev >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root golang-github-araddon-dateparse-dev=0.0~git20210429.6b43995-3 golang-1.19-go=1.19.8-2 golang-1.19-src=1.19.8-2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export GOROOT=$work/root/usr/lib/go-1.19 GOCACHE=$work/cache GO111MODULE=off GOPATH=$work/root/usr/share/gocode CGO_ENABLED=0 GOFLAGS=

cat >try.go <<'CODE'
package main

import (
	"fmt"

	"github.com/araddon/dateparse"
)

func main() {
	for _, text := range []string{"10:30", "3:04pm", "12.30", "2.11.2026", "02.11.2026", "2026.11.02", "13/11/2026", "1730", "Mon, 2 Nov 2026 10:00:00 -0500", "Mon, 2 Nov 2026 10:00:00 EST", "2026-11-02 10:00:00 CET"} {
		date, err := dateparse.ParseAny(text)
		if err != nil {
			fmt.Println(text, "->", err)
		} else {
			fmt.Println(text, "->", date.UTC().Format("2 January 2006 15:04 UTC"))
		}
	}
}
CODE

cat >expected <<'SEEN'
10:30 -> 30 October 0000 00:00 UTC
3:04pm -> 1 March 0000 12:04 UTC
12.30 -> 30 December 0000 00:00 UTC
2.11.2026 -> 11 February 2026 00:00 UTC
02.11.2026 -> 11 February 2026 00:00 UTC
2026.11.02 -> 2 November 2026 00:00 UTC
13/11/2026 -> parsing time "13/11/2026": month out of range
1730 -> 1 January 1730 00:00 UTC
Mon, 2 Nov 2026 10:00:00 -0500 -> 2 November 2026 15:00 UTC
Mon, 2 Nov 2026 10:00:00 EST -> 2 November 2026 10:00 UTC
2026-11-02 10:00:00 CET -> 2 November 2026 10:00 UTC
SEEN
TZ=UTC "$GOROOT/bin/go" run try.go | tee seen
diff expected seen && echo 'as described'
