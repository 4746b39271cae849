#!/usr/bin/env bash
# golang-ical of 2022 (Go, Debian 12): values are escaped when they are set and stay escaped when they are read, and a name with a comma breaks its line.
#
# Guess: Value of SUMMARY:a\, b is "a, b" (RFC 5545 section 3.3.11); CN="Berg, Anna" is quoted when it is written; summary: in small letters is SUMMARY.
# Seen:  what is read and set again has twice the backslashes; the name is written bare, so that the line has a second parameter " Anna"; a quote in it
# becomes \\"; small letters are not found.
# Hurts: each pass through the program adds backslashes to the invitation; others cannot read who is invited.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show golang-github-arran4-golang-ical-dev >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root golang-1.19-go=1.19.8-2 golang-1.19-src=1.19.8-2 golang-github-arran4-golang-ical-dev=0.0~git20220517.fd89fef-2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export GOROOT=$work/root/usr/lib/go-1.19 GOCACHE=$work/cache GO111MODULE=off GOPATH=$work/root/usr/share/gocode CGO_ENABLED=0 GOFLAGS=

cat >try.go <<'CODE'
package main

import (
	"fmt"
	ics "github.com/arran4/golang-ical"
	"strings"
)

func read(lines string) *ics.VEvent {
	calendar, err := ics.ParseCalendar(strings.NewReader("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n" + lines + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"))
	if err != nil {
		panic(err)
	}
	return calendar.Events()[0]
}
func last(event *ics.VEvent) string {
	lines := strings.Split(strings.TrimSpace(event.Serialize()), "\r\n")
	return lines[len(lines)-2]
}

func main() {
	event := read("SUMMARY:Pens\\, ink")
	text := event.GetProperty(ics.ComponentPropertySummary).Value
	fmt.Println("read:", text)
	event.SetSummary(text)
	fmt.Println("written:", last(event))
	fmt.Println("small letters:", read("summary:Pens").GetProperty(ics.ComponentPropertySummary))
	attendee := read("ATTENDEE;CN=\"Berg, Anna\":mailto:anna@example.com")
	fmt.Println("read:", attendee.Attendees()[0].ICalParameters["CN"])
	fmt.Println("written:", last(attendee))
	event.AddAttendee("bob@example.com", ics.WithCN("Bob \"Bo\" Berg"))
	fmt.Println("written:", last(event))
}
CODE

cat >expected <<'SEEN'
read: Pens\, ink
written: SUMMARY:Pens\\\, ink
small letters: <nil>
read: [Berg, Anna]
written: ATTENDEE;CN=Berg, Anna:mailto:anna@example.com
written: ATTENDEE;CN=Bob \\"Bo\\" Berg:mailto:bob@example.com
SEEN
"$GOROOT/bin/go" run try.go | tee seen
diff expected seen && echo 'as described'
