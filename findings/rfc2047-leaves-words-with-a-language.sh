#!/usr/bin/env bash
# rfc2047 4.0.1: an encoded word with a language, or in iso-2022-jp, is left as it is; two of them lose the blank between them.
#
# Guess: "=?utf-8*de?Q?…?=" is read like the one without "*de" (RFC 2231 section 5), and so is the usual charset of Japanese mail.
# Seen:  both come out raw; joined as "?==?" they are no encoded words any more for the next reader. libmime 5.6.4 reads both.
# Hurts: the subject of the ticket is a row of signs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts rfc2047@4.0.1 libmime@5.6.4

cat >try.mjs <<'JS'
import rfc2047 from 'rfc2047';
import libmime from 'libmime';
for (const text of ['=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=', '=?iso-2022-jp?B?GyRCRnwbKEI=?= =?iso-2022-jp?B?GyRCS1wbKEI=?='])
  console.log(text, '| rfc2047', rfc2047.decode(text), '| libmime', libmime.decodeWords(text));
JS

cat >expected <<'SEEN'
=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?= | rfc2047 =?utf-8*de?Q?Gr=C3=BC=C3=9Fe?= | libmime Grüße
=?iso-2022-jp?B?GyRCRnwbKEI=?= =?iso-2022-jp?B?GyRCS1wbKEI=?= | rfc2047 =?iso-2022-jp?B?GyRCRnwbKEI=?==?iso-2022-jp?B?GyRCS1wbKEI=?= | libmime 日本
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
