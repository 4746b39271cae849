#!/usr/bin/env bash
# multer 2.5.0 (busboy 1.6.0) and formidable 3.5.4, which take the posts of Mailgun and SendGrid: Größe.pdf is "GrÃ¶Ã…e.pdf" beside a text that is right, and a field with a
# charset is a file without a name.
#
# Guess: names of fields and files are UTF-8, as browsers and services send them and as the values are read; filename*= is read by both or by neither; a part is a
# file when it has a filename (RFC 7578 section 4.2 and 4.4: a text field may have a Content-Type).
# Seen:  multer reads names as Latin-1 and values as UTF-8; formidable reads neither filename*= nor an escaped quote, undoes &#8364; in names, and hands out the
# subject with "Content-Type: text/plain; charset=…" as a file whose name is null.
# Hurts: files of customers have names that nobody can read or find; a letter has no subject, but a nameless file more.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund multer@2.5.0 busboy@1.6.0 formidable@3.5.4

cat >try.mjs <<'CODE'
import { Readable } from 'node:stream';
import formidable from 'formidable';
import multer from 'multer';
const part = (fields, value) => Buffer.from(`--b\r\nContent-Disposition: form-data; ${fields}\r\n\r\n${value}\r\n`);
const request = (parts) => { const body = Buffer.concat([...parts, Buffer.from('--b--\r\n')]); return Object.assign(Readable.from([body]), { headers: { 'content-type': 'multipart/form-data; boundary=b', 'content-length': String(body.length) } }); };
const show = (value) => JSON.stringify(value).replace(/[\x7f-\x9f]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
for (const [fields, value] of [
  ['name="file"; filename="Größe.pdf"\r\nContent-Type: application/pdf', 'x'], ["name=\"file\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf\r\nContent-Type: application/pdf", 'x'], ['name="file"; filename="a\\"b.pdf"\r\nContent-Type: application/pdf', 'x'],
  ['name="file"; filename="20 &#8364;.pdf"\r\nContent-Type: application/pdf', 'x'], ['name="subject"', 'Größe'], ['name="größe"', 'Größe'], ['name="subject"\r\nContent-Type: text/plain; charset=utf-8', 'Größe'],
]) {
  const first = request([part(fields, value)]);
  await new Promise((done) => multer().any()(first, {}, done));
  const [texts, files] = await formidable({}).parse(request([part(fields, value)]));
  console.log(fields.replace('\r\n', ' | '), '\n  multer     files', show(first.files.map((file) => file.originalname)), 'fields', show(first.body), '\n  formidable files', show(Object.values(files).flat().map((file) => file.originalFilename)), 'fields', show(texts));
}
CODE

cat >expected <<'SEEN'
name="file"; filename="Größe.pdf" | Content-Type: application/pdf 
  multer     files ["GrÃ¶Ã\u009fe.pdf"] fields {} 
  formidable files ["Größe.pdf"] fields {}
name="file"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf | Content-Type: application/pdf 
  multer     files ["Größe.pdf"] fields {} 
  formidable files [null] fields {}
name="file"; filename="a\"b.pdf" | Content-Type: application/pdf 
  multer     files ["a\"b.pdf"] fields {} 
  formidable files ["\"b.pdf"] fields {}
name="file"; filename="20 &#8364;.pdf" | Content-Type: application/pdf 
  multer     files ["20 &#8364;.pdf"] fields {} 
  formidable files ["20 €.pdf"] fields {}
name="subject" 
  multer     files [] fields {"subject":"Größe"} 
  formidable files [] fields {"subject":["Größe"]}
name="größe" 
  multer     files [] fields {"grÃ¶Ã\u009fe":"Größe"} 
  formidable files [] fields {"größe":["Größe"]}
name="subject" | Content-Type: text/plain; charset=utf-8 
  multer     files [] fields {"subject":"Größe"} 
  formidable files [null] fields {}
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
