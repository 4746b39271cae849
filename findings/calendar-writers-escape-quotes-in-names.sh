#!/usr/bin/env bash
# ical-generator 10.2.0 and ics 3.12.0: a double quote in an organiser's name is written as \" inside a quoted parameter.
#
# Guess: the quote is encoded as ^\' (RFC 6868) or replaced, since a quoted parameter cannot hold one (RFC 5545 section 3.1).
# Seen:  both write CN="Jo \"JJ\" Smith"; a reader that follows the grammar ends the name at the second quote: ical.js 2.2.1
# reads the name Jo followed by a backslash.
# Hurts: the invitation cannot be opened by whoever reads strictly.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ical-generator@10.2.0 ics@3.12.0 ical.js@2.2.1

cat >try.mjs <<'JS'
import ical from 'ical-generator';
import { createEvent } from 'ics';
import ICAL from 'ical.js';
const organizer = { name: 'Jo "JJ" Smith', email: 'jo@example.com' };
const calendar = ical();
calendar.createEvent({ start: new Date(Date.UTC(2026, 2, 3, 10)), summary: 'x', organizer });
const sources = { 'ical-generator': calendar.toString(), ics: createEvent({ start: [2026, 3, 3, 10, 0], duration: { hours: 1 }, title: 'x', organizer }).value };
for (const [name, source] of Object.entries(sources)) {
  console.log(name, /^ORGANIZER.*$/m.exec(source)[0].trim());
  try {
    const property = new ICAL.Component(ICAL.parse(source)).getFirstSubcomponent('vevent').getFirstProperty('organizer');
    console.log('  read by ical.js:', property.getParameter('cn'), '|', property.getFirstValue());
  } catch (error) {
    console.log('  read by ical.js:', error.message.split('\n')[0]);
  }
}
JS

cat >expected <<'SEEN'
ical-generator ORGANIZER;CN="Jo \"JJ\" Smith":mailto:jo@example.com
  read by ical.js: Jo \ | mailto:jo@example.com
ics ORGANIZER;CN="Jo \"JJ\" Smith":MAILTO:jo@example.com
  read by ical.js: Jo \ | MAILTO:jo@example.com
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
