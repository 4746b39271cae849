#!/usr/bin/env bash
# dkim-signature 1.3.0: the copied headers (z=) are cut at their colons, and an unknown tag makes a signature or a key (dkim-key 1.3.0) an error.
#
# Guess: z=From:a@example.com|Subject:x are two headers (RFC 6376 section 3.5); unknown tags are ignored (sections 3.5 and 3.6.1); numbers are
# numbers, lists lists.
# Seen:  ["From", "a@example.com|Subject", "x"]; "Unknown field name"; t, x and l are strings; h and t of a key stay one string ("y:s").
# Hurts: a desk that shows why a signature failed cannot read those of servers with a newer tag.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts dkim-signature@1.3.0 dkim-key@1.3.0

cat >try.mjs <<'JS'
import signature from 'dkim-signature';
import key from 'dkim-key';
const said = (run) => { try { return JSON.stringify(run()); } catch (error) { return 'error: ' + error.message; } };
const base = 'v=1; a=rsa-sha256; d=example.com; s=k; h=From:Subject; bh=QQ==; b=QQ==';
console.log('z:', said(() => signature.parse(base + '; z=From:a@example.com|Subject:x').copiedHeaders));
console.log('h:', said(() => signature.parse(base).headers));
console.log('t, l:', said(() => { const { timestamp, length } = signature.parse(base + '; t=1700000000; l=10'); return [timestamp, length]; }));
console.log('unknown tag of a signature:', said(() => signature.parse(base + '; new=1').domain));
console.log('unknown tag of a key:', said(() => key.parse('v=DKIM1; p=QQ==; new=1').version));
console.log('lists of a key:', said(() => { const { flags, hash } = key.parse('v=DKIM1; h=sha1:sha256; t=y:s; p=QQ=='); return [flags, hash]; }));
JS

cat >expected <<'SEEN'
z: ["From","a@example.com|Subject","x"]
h: ["From","Subject"]
t, l: ["1700000000","10"]
unknown tag of a signature: error: Unknown field name "new"
unknown tag of a key: error: Unknown field name "new"
lists of a key: ["y:s","sha1:sha256"]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
