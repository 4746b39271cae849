#!/usr/bin/env bash
# go-msgauth 0.6.6 (Go, Debian 12): a semicolon in a comment or in a quoted reason makes Authentication-Results unreadable, and "p=Reject" is no DMARC policy.
#
# Guess: comments and quoted strings may hold any sign (RFC 8601 section 2.2, RFC 5322 section 3.2); names and values of DMARC are read without regard to case, v comes first (RFC 7489
# section 6.4).
# Seen:  the field is cut at each semicolon before it is read, so that "(bad; key too short)" is an error and the result before it is left with half a comment. "p=Reject" and "P=none" are errors,
# "p=none; v=DMARC1" is not.
# Hurts: a desk that shows whether a sender is who it says takes such letters for unchecked; a check of one's own domain finds no policy where all others see one.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show golang-github-emersion-go-msgauth-dev >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root golang-1.19-go=1.19.8-2 golang-1.19-src=1.19.8-2 golang-github-emersion-go-msgauth-dev=0.6.6-2 golang-golang-x-crypto-dev >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export GOROOT=$work/root/usr/lib/go-1.19 GOCACHE=$work/cache GO111MODULE=off GOPATH=$work/root/usr/share/gocode CGO_ENABLED=0 GOFLAGS=

cat >try.go <<'CODE'
package main

import (
	"fmt"

	"github.com/emersion/go-msgauth/authres"
	"github.com/emersion/go-msgauth/dmarc"
)

func main() {
	for _, field := range []string{
		"mx.example; dkim=fail (bad key) header.d=example.com",
		"mx.example; dkim=fail (bad; key too short) header.d=example.com",
		`mx.example; dkim=pass reason="good; fine" header.d=example.com`,
	} {
		_, results, err := authres.Parse(field)
		fmt.Println(field)
		fmt.Printf("  error: %v", err)
		for _, one := range results {
			if dkim, ok := one.(*authres.DKIMResult); ok {
				fmt.Printf("; dkim %s, reason %q, domain %q", dkim.Value, dkim.Reason, dkim.Domain)
			}
		}
		fmt.Println()
	}
	for _, record := range []string{"v=DMARC1; p=reject", "v=DMARC1; p=Reject", "v=DMARC1; P=reject", "p=reject; v=DMARC1"} {
		found, err := dmarc.Parse(record)
		if err != nil {
			fmt.Printf("%s: %v\n", record, err)
		} else {
			fmt.Printf("%s: policy %s\n", record, found.Policy)
		}
	}
}
CODE

cat >expected <<'SEEN'
mx.example; dkim=fail (bad key) header.d=example.com
  error: <nil>; dkim fail, reason "", domain "example.com"
mx.example; dkim=fail (bad; key too short) header.d=example.com
  error: msgauth: malformed authentication method and value; dkim fail, reason "", domain ""
mx.example; dkim=pass reason="good; fine" header.d=example.com
  error: msgauth: malformed authentication method and value; dkim pass, reason "\"good", domain ""
v=DMARC1; p=reject: policy reject
v=DMARC1; p=Reject: dmarc: invalid policy for parameter 'p'
v=DMARC1; P=reject: dmarc: record is missing a 'p' parameter
p=reject; v=DMARC1: policy reject
SEEN
"$GOROOT/bin/go" run try.go | tee seen
diff expected seen && echo 'as described'
