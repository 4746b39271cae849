#!/usr/bin/env bash
# gmail-api-parse-message 2.1.2: of several text parts only the last is kept, so a footer, or an attached email, replaces the letter.
#
# Guess: text parts are joined, or the first one is the letter; what stands inside an attached email (message/rfc822) is not the letter.
# Seen:  each text part overwrites the one before; parts of the attached email come last, so they win. Of repeated fields (Received) the last stays.
# Hurts: letters from a mailing list are nothing but its footer, and a forward "as attachment" shows the old letter as the new one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts gmail-api-parse-message@2.1.2

cat >try.mjs <<'JS'
import parse from 'gmail-api-parse-message';
const data = (text) => Buffer.from(text).toString('base64url');
const text = (value) => ({ mimeType: 'text/plain', headers: [], body: { data: data(value) } });
const message = (parts) => ({ id: '1', payload: { mimeType: 'multipart/mixed', headers: [{ name: 'Received', value: 'from b.example' }, { name: 'Received', value: 'from a.example' }], body: { size: 0 }, parts } });
const list = parse(message([text('Where is my order?'), text('-- \nYou get this as a member of the list.')]));
console.log('list:', JSON.stringify(list.textPlain), JSON.stringify(list.headers));
const attached = { mimeType: 'message/rfc822', filename: 'old.eml', headers: [{ name: 'Content-Disposition', value: 'attachment' }], body: { attachmentId: 'a1', size: 99 }, parts: [text('The old letter.')] };
console.log('attached:', JSON.stringify(parse(message([text('Please see the old letter.'), attached])).textPlain));
JS

cat >expected <<'SEEN'
list: "-- \nYou get this as a member of the list." {"received":"from a.example"}
attached: "The old letter."
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
