#!/usr/bin/env bash
# dmarc-parse 1.2.1: "fo=1:d" is an error, np, psd and t are unknown tags, and "P=Reject" is another tag than p.
#
# Guess: fo is a list with colons (RFC 7489 section 6.3); np is of RFC 9091; names of tags are read without regard to case.
# Seen:  fo with two values and the newer tags are left out with a message; P stays P, so that tags.p is missing without a message.
# Hurts: a check of the domain of a desk tells its owner that a right record is wrong, or that there is no policy.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts dmarc-parse@1.2.1

cat >try.mjs <<'JS'
import dmarc from 'dmarc-parse';
for (const record of ['v=DMARC1; p=none; fo=1', 'v=DMARC1; p=none; fo=1:d', 'v=DMARC1; p=none; np=reject', 'v=DMARC1; p=none; psd=n; t=y', 'v=DMARC1; P=Reject']) {
  const { tags, messages } = dmarc(record);
  console.log(record, '->', Object.keys(tags).map((tag) => tag + '=' + tags[tag].value).join(' '), messages ?? '');
}
JS

cat >expected <<'SEEN'
v=DMARC1; p=none; fo=1 -> v=DMARC1 p=none fo=1 
v=DMARC1; p=none; fo=1:d -> v=DMARC1 p=none [ "Invalid value for 'fo': '1:d', must be one of: 0, 1, d, s" ]
v=DMARC1; p=none; np=reject -> v=DMARC1 p=none [ "Unknown tag 'np'" ]
v=DMARC1; p=none; psd=n; t=y -> v=DMARC1 p=none [ "Unknown tag 'psd'", "Unknown tag 't'" ]
v=DMARC1; P=Reject -> v=DMARC1 P=Reject 
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
