#!/usr/bin/env bash
# chardet 2.2.0 calls a text with an octet above 127 "ASCII", and jschardet 4.1.0 takes short German for Icelandic of old Macs.
#
# Guess: ASCII is said only where all octets are ASCII; of two lines in Latin-1 or windows-1252 both say one of these.
# Seen:  "5 €" is ASCII for one and Hebrew of DOS (cp862) for the other; chardet takes EUC-JP for Shift_JIS and GBK for Greek.
# Hurts: subjects and file names without a charset, which are short, come out wrong just where a guess is needed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts chardet@2.2.0 jschardet@4.1.0 iconv-lite@0.7.3

cat >try.mjs <<'JS'
import chardet from 'chardet';
import jschardet from 'jschardet';
import iconv from 'iconv-lite';
for (const [text, charset] of [['Grüße aus Köln', 'latin1'], ['5 €', 'windows-1252'], ['日本語のメール', 'euc-jp'], ['你好世界', 'gbk'], ['Grüße aus Köln', 'utf8']]) {
  const octets = iconv.encode(text, charset);
  console.log(text, charset, '| chardet', chardet.detect(octets), '| jschardet', jschardet.detect(octets).encoding);
}
JS

cat >expected <<'SEEN'
Grüße aus Köln latin1 | chardet ISO-8859-1 | jschardet MacIceland
5 € windows-1252 | chardet ASCII | jschardet cp862
日本語のメール euc-jp | chardet Shift_JIS | jschardet EUC-JP
你好世界 gbk | chardet ISO-8859-7 | jschardet GB18030
Grüße aus Köln utf8 | chardet UTF-8 | jschardet utf-8
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
