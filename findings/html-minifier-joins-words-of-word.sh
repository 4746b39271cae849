#!/usr/bin/env bash
# html-minifier-terser 7.2.0: the blanks around an element of Outlook are dropped, and words join.
#
# Guess: collapseWhitespace leaves one blank beside an element that it does not know, as browsers show such an element inline.
# Seen:  a <o:p>b</o:p> c becomes a<o:p>b</o:p>c, and so do words beside <st1:place>; beside <b> the blank stays. html-crush 6.3.4
# keeps it.
# Hurts: letters written in Word or Outlook lose blanks between words when they are stored smaller.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts html-minifier-terser@7.2.0 html-crush@6.3.4

cat >try.mjs <<'JS'
import { minify } from 'html-minifier-terser';
import { crush } from 'html-crush';
for (const html of ['a <b>b</b> c', 'a <o:p>b</o:p> c', 'in <st1:place>Berlin</st1:place> today', 'a <custom-name>b</custom-name> c', 'a <font>b</font> c'])
  console.log(html, '\n  html-minifier', await minify(html, { collapseWhitespace: true }), '\n  html-crush   ', crush(html, { removeLineBreaks: true }).result);
JS

cat >expected <<'SEEN'
a <b>b</b> c 
  html-minifier a <b>b</b> c 
  html-crush    a <b>b</b> c
a <o:p>b</o:p> c 
  html-minifier a<o:p>b</o:p>c 
  html-crush    a <o:p>b</o:p> c
in <st1:place>Berlin</st1:place> today 
  html-minifier in<st1:place>Berlin</st1:place>today 
  html-crush    in <st1:place>Berlin</st1:place> today
a <custom-name>b</custom-name> c 
  html-minifier a<custom-name>b</custom-name>c 
  html-crush    a <custom-name>b</custom-name> c
a <font>b</font> c 
  html-minifier a <font>b</font> c 
  html-crush    a <font>b</font> c
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
