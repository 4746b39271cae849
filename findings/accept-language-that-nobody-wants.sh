#!/usr/bin/env bash
# accept-language-parser 1.5.0: "en;q=0" picks English, "*" picks nothing, and zh-Hant-TW finds zh-Hans.
#
# Guess: q=0 means not acceptable (RFC 9110 section 12.4.2), * means any, and a script without its region is the next best (RFC 4647
# section 3.4).
# Seen:  q=0 is only the last in the order. de-AT finds no "de" unless the option loose is set, and with it Traditional Chinese gets
# Simplified. negotiator 1.1.0 as listed.
# Hurts: the page or the answer comes in the one language that the reader has ruled out.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts accept-language-parser@1.5.0 negotiator@1.1.0

cat >try.mjs <<'JS'
import parser from 'accept-language-parser';
import Negotiator from 'negotiator';
const has = ['en', 'de', 'zh-Hans', 'zh-Hant'];
for (const header of ['en;q=0, de;q=0.1', 'en;q=0', '*', '*, en;q=0', 'de-AT', 'de-AT, en;q=0.5', 'zh-Hant-TW', 'EN-gb'])
  console.log(header.padEnd(17), 'pick:', String(parser.pick(has, header)).padEnd(8), 'loose:', String(parser.pick(has, header, { loose: true })).padEnd(8), 'negotiator:', new Negotiator({ headers: { 'accept-language': header } }).language(has));
JS

cat >expected <<'SEEN'
en;q=0, de;q=0.1  pick: de       loose: de       negotiator: de
en;q=0            pick: en       loose: en       negotiator: undefined
*                 pick: null     loose: null     negotiator: en
*, en;q=0         pick: en       loose: en       negotiator: de
de-AT             pick: null     loose: de       negotiator: de
de-AT, en;q=0.5   pick: en       loose: de       negotiator: de
zh-Hant-TW        pick: null     loose: zh-Hans  negotiator: undefined
EN-gb             pick: null     loose: en       negotiator: en
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
