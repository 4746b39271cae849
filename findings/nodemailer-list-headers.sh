#!/usr/bin/env bash
# nodemailer 10.6.1: two ways to unsubscribe become two List-Unsubscribe fields, and List-Post "NO" becomes a link.
#
# Guess: one field with both, separated by a comma (RFC 2369: each of these fields stands once at most), and NO as it stands (section 3.4).
# Seen:  a field for each, and List-Post: <http://NO>. A list inside the list gives one field.
# Hurts: mail programs look at one of the fields: the button to unsubscribe is missing or opens the wrong way.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts nodemailer@10.6.1

cat >try.mjs <<'JS'
import nodemailer from 'nodemailer';
const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
const ways = ['https://example.com/leave', 'leave@example.com'];
for (const list of [{ unsubscribe: ways }, { unsubscribe: [ways] }, { post: 'NO' }]) {
  const { message } = await transport.sendMail({ from: 'a@example.com', to: 'b@example.com', text: 'x', list });
  console.log(JSON.stringify(list), '->', message.toString().match(/^List-.*(\r\n\s.*)*/gm).map((line) => line.replace(/\r\n/g, '')).join(' | '));
}
JS

cat >expected <<'SEEN'
{"unsubscribe":["https://example.com/leave","leave@example.com"]} -> List-Unsubscribe: <https://example.com/leave> | List-Unsubscribe: <mailto:leave@example.com>
{"unsubscribe":[["https://example.com/leave","leave@example.com"]]} -> List-Unsubscribe: <https://example.com/leave>, <mailto:leave@example.com>
{"post":"NO"} -> List-Post: <http://NO>
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
