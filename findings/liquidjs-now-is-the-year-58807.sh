#!/usr/bin/env bash
# liquidjs 10.30.1: Date.now() | date is the year 58807, {{ first name }} is the value of first, and filters that it does not know are left out without a
# word.
#
# Guess: numbers are milliseconds, as everywhere in JavaScript; what cannot be read is an error of the template.
# Seen:  numbers, in text too, are seconds, as in Ruby. Words behind the first name are skipped, "1,5" | plus: 1 is 1, and an unknown filter gives its input,
# unless strictFilters is set; nothing of it is an error. Formats are those of strftime: DD.MM.YYYY is printed as it stands.
# Hurts: a wrong placeholder in a template is seen by the customers first.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts liquidjs@10.30.1

cat >try.mjs <<'JS'
import { Liquid } from 'liquidjs';
process.env.TZ = 'UTC';
const engine = new Liquid({ timezoneOffset: 0 });
for (const [template, scope] of [['{{ x | date: "%Y-%m-%d" }}', { x: 1793613600000 }], ['{{ x | date: "%Y-%m-%d" }}', { x: 1793613600 }], ['{{ x | date: "%Y-%m-%d" }}', { x: new Date(1793613600000) }], ['{{ x | date: "DD.MM.YYYY" }}', { x: '2026-11-02' }], ['{{ x | date: "%Y" }}', { x: 'soon' }], ['{{ first name }}', { first: 'Anna' }], ['{{ x | uper }}', { x: 'Anna' }], ['{{ x | plus: 1 }}', { x: '1,5' }]]) {
  console.log('%s', template + ' ' + JSON.stringify(scope), '->', engine.parseAndRenderSync(template, scope));
}
JS

cat >expected <<'SEEN'
{{ x | date: "%Y-%m-%d" }} {"x":1793613600000} -> 58807-05-09
{{ x | date: "%Y-%m-%d" }} {"x":1793613600} -> 2026-11-02
{{ x | date: "%Y-%m-%d" }} {"x":"2026-11-02T10:00:00.000Z"} -> 2026-11-02
{{ x | date: "DD.MM.YYYY" }} {"x":"2026-11-02"} -> DD.MM.YYYY
{{ x | date: "%Y" }} {"x":"soon"} -> soon
{{ first name }} {"first":"Anna"} -> Anna
{{ x | uper }} {"x":"Anna"} -> Anna
{{ x | plus: 1 }} {"x":"1,5"} -> 1
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
