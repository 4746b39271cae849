#!/usr/bin/env bash
# mailauth 4.13.3: in Authentication-Results header.from is the domain of the organisation, and the domain of From stands under header.d.
#
# Guess: header.from=news.example.co.uk, the domain of the field (RFC 8601 section 2.7.2 and its registry: "from" of the header), and
# header.d, which is a word of DKIM, not at all.
# Seen:  for anna@news.example.co.uk it is header.from=example.co.uk header.d=news.example.co.uk.
# Hurts: a program that compares header.from with the address of the sender finds a difference for each subdomain.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailauth@4.13.3

cat >try.mjs <<'JS'
import { authenticate } from 'mailauth';
const records = { '_dmarc.example.co.uk': [['v=DMARC1; p=none']] };
const resolver = async (name) => {
  if (records[name]) return records[name];
  throw Object.assign(new Error('no record'), { code: 'ENOTFOUND' });
};
for (const domain of ['example.co.uk', 'news.example.co.uk']) {
  const source = Buffer.from(`From: Anna <anna@${domain}>\r\nSubject: x\r\n\r\nHello\r\n`);
  const { dmarc } = await authenticate(source, { ip: '192.0.2.1', helo: 'mx.example.com', mta: 'mx.desk.example', sender: 'bounce@example.com', resolver, disableBimi: true, disableArc: true });
  console.log(domain, '->', dmarc.info);
}
JS

cat >expected <<'SEEN'
example.co.uk -> dmarc=fail (p=NONE) header.from=example.co.uk header.d=example.co.uk
news.example.co.uk -> dmarc=fail (p=NONE) header.from=example.co.uk header.d=news.example.co.uk
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
