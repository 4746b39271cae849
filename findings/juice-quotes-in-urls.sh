#!/usr/bin/env bash
# juice 11.1.1: a quote in the address of a picture breaks the style, and rules in @supports, @layer or @import vanish.
#
# Guess: an address with a single quote in double quotes stays readable in the style attribute, and what cannot be inlined is kept in <style>, as @media is.
# Seen:  it is written as url('a'b.png'), which no browser reads; @supports and @layer leave nothing, not even a <style>.
# Hurts: the layout of the answer is right in the browser and bare in the mail, without a warning.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts juice@11.1.1

cat >try.mjs <<'JS'
import juice from 'juice';
for (const css of ['@media print{p{color:red}}', '@supports (color:red){p{color:red}}', '@layer a{p{color:red}}', '@import url(x.css);', 'p{background:url("a\'b.png")}'])
  console.log(JSON.stringify(css), '->', JSON.stringify(juice(`<style>${css}</style><p>x</p>`)));
JS

cat >expected <<'SEEN'
"@media print{p{color:red}}" -> "<style>\n@media print {\n  p {\n    color: red;\n  }\n}\n</style><p>x</p>"
"@supports (color:red){p{color:red}}" -> "<p>x</p>"
"@layer a{p{color:red}}" -> "<p>x</p>"
"@import url(x.css);" -> "<p>x</p>"
"p{background:url(\"a'b.png\")}" -> "<p style=\"background: url('a'b.png');\">x</p>"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
