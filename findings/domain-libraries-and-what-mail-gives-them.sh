#!/usr/bin/env bash
# psl 1.15.0, tldts 7.6.0 and parse-domain 8.4.0: 192.0.2.1 is the domain 2.1, of two addresses the second counts, and müller.de is not valid, by turns.
#
# Guess: an IP address has no domain; an address has that behind its @, and a list of them none; a name with an umlaut is that of its Punycode.
# Seen:  psl takes an IP address for a name under the suffix "1" and answers null for addresses; tldts reads addresses and takes the last @; parse-domain
# knows ASCII only. Of a.b.github.io psl and parse-domain say b.github.io, tldts github.io (allowPrivateDomains).
# Hurts: who groups senders by company puts all of one provider together, or none with an umlaut.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts psl@1.15.0 tldts@7.6.0 parse-domain@8.4.0

cat >try.mjs <<'JS'
import psl from 'psl';
import { getDomain } from 'tldts';
import { parseDomain } from 'parse-domain';
const named = ({ type, domain, topLevelDomains }) => type + (domain ? ' ' + [domain, ...topLevelDomains].join('.') : '');
for (const text of ['mail.example.co.uk', 'anna@mail.example.co.uk', 'a@example.com, b@example.org', 'Anna <anna@example.com>', '192.0.2.1', 'müller.de', 'a.b.github.io', '_dmarc.example.com', 'example.local']) console.log(text, '-> psl', psl.get(text), '| tldts', getDomain(text), '| parse-domain', named(parseDomain(text)));
JS

cat >expected <<'SEEN'
mail.example.co.uk -> psl example.co.uk | tldts example.co.uk | parse-domain LISTED example.co.uk
anna@mail.example.co.uk -> psl null | tldts example.co.uk | parse-domain INVALID
a@example.com, b@example.org -> psl null | tldts example.org | parse-domain INVALID
Anna <anna@example.com> -> psl null | tldts null | parse-domain INVALID
192.0.2.1 -> psl 2.1 | tldts null | parse-domain IP
müller.de -> psl müller.de | tldts müller.de | parse-domain INVALID
a.b.github.io -> psl b.github.io | tldts github.io | parse-domain LISTED b.github.io
_dmarc.example.com -> psl example.com | tldts example.com | parse-domain INVALID
example.local -> psl null | tldts example.local | parse-domain RESERVED
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
