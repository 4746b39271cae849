#!/usr/bin/env bash
# mime-types 3.0.2: of the types that travel by mail some have no extension, some one that nobody knows.
#
# Guess: extension() gives mp3, mov, jpg, p7m and the like, and lookup() the types that RFC 6350 and RFC 3156 register.
# Seen:  audio/mpeg is "mpga", audio/ogg "oga", video/quicktime "qt"; image/jpg, application/vnd.ms-tnef, application/x-gzip and
# message/delivery-status have none. contact.vcf is "text/x-vcard", signature.asc a key, and a saved web page (.mht) an email.
# Hurts: a voice message without a name is stored as "file.mpga", which no desktop opens.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mime-types@3.0.2

cat >try.mjs <<'JS'
import mime from 'mime-types';
for (const type of ['audio/mpeg', 'audio/ogg', 'video/quicktime', 'image/jpg', 'application/vnd.ms-tnef', 'application/x-gzip', 'message/delivery-status']) console.log(type, '->', mime.extension(type));
for (const name of ['contact.vcf', 'signature.asc', 'page.mht']) console.log(name, '->', mime.lookup(name));
JS

cat >expected <<'SEEN'
audio/mpeg -> mpga
audio/ogg -> oga
video/quicktime -> qt
image/jpg -> false
application/vnd.ms-tnef -> false
application/x-gzip -> false
message/delivery-status -> false
contact.vcf -> text/x-vcard
signature.asc -> application/pgp-keys
page.mht -> message/rfc822
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
