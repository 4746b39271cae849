#!/usr/bin/env bash
# nodemailer 10.6.1: a file without a name is sent as "attachment-1.*", and photos of telephones as unknown data.
#
# Guess: the invented name ends in .bin or has no extension, a vCard ends in .vcf, and image/heic is known from the extension.
# Seen:  the name ends in ".*", a vCard becomes .txt, a sound .mpga; .heic, .m4a, .avif and .md go out as application/octet-stream.
# Hurts: Windows cannot save a name with an asterisk, and mail programs show no preview of the photo.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts nodemailer@10.6.1

cat >try.mjs <<'JS'
import nodemailer from 'nodemailer';
const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
const send = async (attachment) => (await transport.sendMail({ from: 'a@example.com', to: 'b@example.com', text: 'x', attachments: [{ content: Buffer.from('x'), ...attachment }] })).message.toString();
for (const contentType of [undefined, 'application/octet-stream', 'audio/mpeg', 'text/vcard', 'image/heic', 'application/pdf']) console.log(contentType, '->', /filename=(.*)/.exec(await send({ contentType }))[1].trim());
for (const filename of ['photo.heic', 'photo.avif', 'memo.m4a', 'notes.md', 'photo.png']) console.log(filename, '->', /Content-Type: (\S+); name/.exec(await send({ filename }))[1]);
JS

cat >expected <<'SEEN'
undefined -> attachment-1.*
application/octet-stream -> attachment-1.*
audio/mpeg -> attachment-1.mpga
text/vcard -> attachment-1.txt
image/heic -> attachment-1.bin
application/pdf -> attachment-1.pdf
photo.heic -> application/octet-stream
photo.avif -> application/octet-stream
memo.m4a -> application/octet-stream
notes.md -> application/octet-stream
photo.png -> image/png
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
