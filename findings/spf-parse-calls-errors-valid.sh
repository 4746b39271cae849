#!/usr/bin/env bash
# spf-parse 1.0.4: "a/24//64" is an unknown term, and a record with an unknown term is valid all the same.
#
# Guess: a and mx take two lengths, for IPv4 and IPv6 (RFC 7208 section 5.6); valid is false when a message is of the type error.
# Seen:  the term becomes a mechanism without type and value; whatever errors are listed (a misspelt include, an octet of 300), valid is true: it says
# no more than that the version is there.
# Hurts: a check of the domain of a desk says "valid" for a record with a typing error, which servers refuse with permerror, and finds fault with a
# right one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts spf-parse@1.0.4

cat >try.mjs <<'JS'
import parse from 'spf-parse';
for (const record of ['v=spf1 a mx -all', 'v=spf1 a/24//64 -all', 'v=spf1 inclde:_spf.example.net -all', 'v=spf1 ip4:192.0.2.300 -all', 'v=spf1 -all include:_spf.example.net']) {
  const { valid, messages, mechanisms } = parse(record);
  console.log(record, '-> valid', valid, (messages ?? []).map((one) => one.type + ': ' + one.message).join('; '), mechanisms.slice(1).map((one) => one.prefix + one.type).join(' '));
}
JS

cat >expected <<'SEEN'
v=spf1 a mx -all -> valid true  +a +mx -all
v=spf1 a/24//64 -all -> valid true error: Unknown standalone term 'a/24//64' +undefined -all
v=spf1 inclde:_spf.example.net -all -> valid true error: Unknown standalone term 'inclde:_spf.example.net' +undefined -all
v=spf1 ip4:192.0.2.300 -all -> valid true error: Invalid IP address: '192.0.2.300' +ip4 -all
v=spf1 -all include:_spf.example.net -> valid true warning: One or more mechanisms were found after the "all" mechanism. These mechanisms will be ignored -all +include
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
