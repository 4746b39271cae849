#!/usr/bin/env bash
# rrule-go 1.8.1 (Go, Debian 12): a series of whole days is refused, and so is text with the line ends of iCalendar, small letters or an unknown part.
#
# Guess: what is called StrToRRuleSet reads the lines of a VEVENT (RFC 5545): DTSTART;VALUE=DATE, CRLF, names in any case; an X- part is ignored; of two rules both hold.
# Seen:  VALUE=DATE is a "bad TZID parameter format", CR stands in the way of the time, "freq" is unknown; of two RRULE lines only the second is left, without a word.
# Hurts: holidays and on-call weeks, which are whole days, are missing from the calendar of the desk; a file that was read as it stands is refused.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show golang-github-teambition-rrule-go-dev >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root golang-1.19-go=1.19.8-2 golang-1.19-src=1.19.8-2 golang-github-teambition-rrule-go-dev=1.8.1-1 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export GOROOT=$work/root/usr/lib/go-1.19 GOCACHE=$work/cache GO111MODULE=off GOPATH=$work/root/usr/share/gocode CGO_ENABLED=0 GOFLAGS=

cat >try.go <<'CODE'
package main

import (
	"fmt"
	"strings"

	"github.com/teambition/rrule-go"
)

func main() {
	for _, text := range []string{
		"DTSTART:20261102T100000Z\nRRULE:FREQ=DAILY;COUNT=2",
		"DTSTART;VALUE=DATE:20261102\nRRULE:FREQ=DAILY;COUNT=2",
		"DTSTART:20261102T100000Z\r\nRRULE:FREQ=DAILY;COUNT=2\r\n",
		"DTSTART:20261102T100000Z\nRRULE:freq=daily;count=2",
		"DTSTART:20261102T100000Z\nRRULE:FREQ=DAILY;COUNT=2;X-FROM=desk",
		"DTSTART:20261102T100000Z\nRRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=WEEKLY;COUNT=2",
	} {
		set, err := rrule.StrToRRuleSet(text)
		fmt.Printf("%q\n  ", text)
		if err != nil {
			fmt.Printf("refused: %s\n", strings.ReplaceAll(err.Error(), "\r", "CR"))
			continue
		}
		for _, time := range set.All() {
			fmt.Print(time.Format("2.1. 15:04 "))
		}
		fmt.Println()
	}
}
CODE

cat >expected <<'SEEN'
"DTSTART:20261102T100000Z\nRRULE:FREQ=DAILY;COUNT=2"
  2.11. 10:00 3.11. 10:00 
"DTSTART;VALUE=DATE:20261102\nRRULE:FREQ=DAILY;COUNT=2"
  refused: StrToDtStart failed: bad TZID parameter format
"DTSTART:20261102T100000Z\r\nRRULE:FREQ=DAILY;COUNT=2\r\n"
  refused: StrToDtStart failed: parsing time "20261102T100000Z\x0d": extra text: "\x0d"
"DTSTART:20261102T100000Z\nRRULE:freq=daily;count=2"
  refused: StrToROption failed: unknown RRULE property: freq
"DTSTART:20261102T100000Z\nRRULE:FREQ=DAILY;COUNT=2;X-FROM=desk"
  refused: StrToROption failed: unknown RRULE property: X-FROM
"DTSTART:20261102T100000Z\nRRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=WEEKLY;COUNT=2"
  2.11. 10:00 9.11. 10:00 
SEEN
TZ=UTC "$GOROOT/bin/go" run try.go | tee seen
diff expected seen && echo 'as described'
