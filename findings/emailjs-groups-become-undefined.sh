#!/usr/bin/env bash
# emailjs 5.0.3: a group of recipients becomes "Desk <undefined>", and text with umlauts and long lines is declared 7bit.
#
# Guess: To: Desk: a@example.com, b@example.com; is written as it stands (RFC 5322 section 3.4), and text that is not ASCII is encoded.
# Seen:  the members of the group are gone; the text goes out in raw octets as "7bit" with lines of any length, though a second text (HTML) is encoded
# in base64.
# Hurts: nobody of the group gets the answer; servers without 8BITMIME, and signatures, damage the text.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts emailjs@5.0.3

cat >try.mjs <<'JS'
import { Message } from 'emailjs';
const message = new Message({ from: 'desk@example.com', to: 'Desk: a@example.com, b@example.com;', subject: 'x', text: 'Hällo ' + 'x'.repeat(1200), attachment: [{ data: '<p>Hällo</p>', alternative: true }] });
const written = await new Promise((done, fail) => message.read((error, text) => (error ? fail(error) : done(text))));
const lines = written.split('\r\n');
console.log(lines.find((line) => line.startsWith('To:')));
for (const line of lines) if (/^Content-(Type: ?text|Transfer)/i.test(line)) console.log(line);
console.log('octets of the longest line:', Math.max(...lines.map((line) => Buffer.byteLength(line))), '- begins with', lines.find((line) => line.length > 998).slice(0, 8));
JS

cat >expected <<'SEEN'
To: =?UTF-8?Q?Desk?= <undefined>
Content-Type:text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64
octets of the longest line: 1207 - begins with Hällo xx
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
