#!/usr/bin/env bash
# nunjucks 3.2.4: with autoescape on, urlize and nl2br show their own tags as text, default("…") lets null through, and truncate(5) makes ten letters.
#
# Guess: as in Jinja2, which it follows: the result of such filters is safe and its text escaped; default is for undefined only; the length counts the dots.
# Seen:  both are escaped as a whole; only "| escape | urlize | safe" is what one wants. null is an empty string, also with default, unless its second
# argument is true. The three dots come on top.
# Hurts: letters made of templates show "<a href=" to the customer.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts nunjucks@3.2.4

cat >try.mjs <<'JS'
import nunjucks from 'nunjucks';
const environment = new nunjucks.Environment(null, { autoescape: true });
for (const [template, x] of [['{{ x | urlize }}', '<i> see https://example.com'], ['{{ x | escape | urlize | safe }}', '<i> see https://example.com'], ['{{ x | nl2br }}', '<i>\nsecond'], ['{{ x | default("none") }}', null], ['{{ x | default("none") }}', undefined], ['{{ x | default("none", true) }}', null], ['{{ x | truncate(5) }}', 'Hello Anna']]) {
  console.log(template, JSON.stringify(x), '->', JSON.stringify(environment.renderString(template, { x })));
}
JS

cat >expected <<'SEEN'
{{ x | urlize }} "<i> see https://example.com" -> "&lt;i&gt; see &lt;a href=&quot;https://example.com&quot;&gt;https://example.com&lt;/a&gt;"
{{ x | escape | urlize | safe }} "<i> see https://example.com" -> "&lt;i&gt; see <a href=\"https://example.com\">https://example.com</a>"
{{ x | nl2br }} "<i>\nsecond" -> "&lt;i&gt;&lt;br /&gt;\nsecond"
{{ x | default("none") }} null -> ""
{{ x | default("none") }} undefined -> "none"
{{ x | default("none", true) }} null -> "none"
{{ x | truncate(5) }} "Hello Anna" -> "Hello..."
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
