#!/usr/bin/env bash
# anchorme 3.0.8 links jörg@example.com to rg@example.com; autolinker 4.1.5 and linkifyjs 4.4.0 take the marks behind a link into it.
#
# Guess: an address is taken whole or not at all; _, * and German quotes around a link are left outside.
# Seen:  anchorme cuts the address at the umlaut. A closing underscore belongs to the link for all three, a star for the other two,
# a German or French closing quote for linkifyjs. Of a message id autolinker lists two addresses that overlap.
# Hurts: a click writes to another person, or opens a page that is not there; plain text emails set links between _ and _.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts anchorme@3.0.8 autolinker@4.1.5 linkifyjs@4.4.0

cat >try.mjs <<'JS'
import anchormeModule from 'anchorme';
import Autolinker from 'autolinker';
import * as linkify from 'linkifyjs';
const anchorme = anchormeModule.default ?? anchormeModule;
for (const text of ['jörg@example.com', '_https://example.com/_', '*https://example.com/*', '„https://example.com/“', '«https://example.com/»', '„https://example.com/a“.', '<20261129.abc@mail.example.com>'])
  console.log(text, '\n  anchorme  ', anchorme.list(text).map((one) => one.string).join(' | ') || '-', '\n  autolinker', Autolinker.parse(text, { phone: false }).map((one) => one.getMatchedText()).join(' | ') || '-', '\n  linkifyjs ', linkify.find(text).map((one) => one.value).join(' | ') || '-');
JS

cat >expected <<'SEEN'
jörg@example.com 
  anchorme   rg@example.com 
  autolinker jörg@example.com 
  linkifyjs  jörg@example.com
_https://example.com/_ 
  anchorme   https://example.com/_ 
  autolinker https://example.com/_ 
  linkifyjs  https://example.com/_
*https://example.com/* 
  anchorme   https://example.com/ 
  autolinker https://example.com/* 
  linkifyjs  https://example.com/*
„https://example.com/“ 
  anchorme   https://example.com/ 
  autolinker https://example.com/ 
  linkifyjs  https://example.com/“
«https://example.com/» 
  anchorme   https://example.com/ 
  autolinker https://example.com/ 
  linkifyjs  https://example.com/»
„https://example.com/a“. 
  anchorme   https://example.com/a 
  autolinker https://example.com/a 
  linkifyjs  https://example.com/a“
<20261129.abc@mail.example.com> 
  anchorme   20261129.abc@mail.example.com 
  autolinker 20261129.abc@mail.example.com | abc@mail.example.com 
  linkifyjs  20261129.abc@mail.example.com
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
