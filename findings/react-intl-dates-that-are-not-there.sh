#!/usr/bin/env bash
# react-intl 6.8.9: a date of null or '' is the first of January 1970, undefined is today; in a message a date as a string shows the pattern itself.
#
# Guess: what is no date shows nothing, or "Invalid Date" with an error; {due, date} in a message takes what formatDate takes.
# Seen:  formatDate(null) and formatDate('') are 1970, formatDate() is today, without a call of onError. The string that formatDate formats makes formatMessage show the source of the
# message, braces and all. A count of null is "0 tickets", of a word "NaN tickets".
# Hurts: a ticket without a due date is overdue since 1970 or due today; a screen shows braces only once the value comes from JSON.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps react-intl@6.8.9 react@18.3.1

cat >try.mjs <<'JS'
import { createIntl } from 'react-intl';
let errors = 0;
const messages = { due: 'Due {due, date, short}', count: '{count, plural, one {# ticket} other {# tickets}}' };
const intl = createIntl({ locale: 'en', messages, timeZone: 'UTC', onError() { errors += 1; } });
const today = new Date().toLocaleDateString('en', { timeZone: 'UTC' });
function show(name, text) { console.log(`${name}: ${text() === today ? 'today' : text()}${errors ? ' (an error was told)' : ''}`); errors = 0; }
show('formatDate(null)', () => intl.formatDate(null));
show("formatDate('')", () => intl.formatDate(''));
show('formatDate(undefined)', () => intl.formatDate(undefined));
show("formatDate('2026-11-02')", () => intl.formatDate('2026-11-02'));
show("message, due: '2026-11-02'", () => intl.formatMessage({ id: 'due' }, { due: '2026-11-02' }));
show('message, due: null', () => intl.formatMessage({ id: 'due' }, { due: null }));
show('message, count: null', () => intl.formatMessage({ id: 'count' }, { count: null }));
show("message, count: 'many'", () => intl.formatMessage({ id: 'count' }, { count: 'many' }));
JS

cat >expected <<'SEEN'
formatDate(null): 1/1/1970
formatDate(''): 1/1/1970
formatDate(undefined): today
formatDate('2026-11-02'): 11/2/2026
message, due: '2026-11-02': Due {due, date, short} (an error was told)
message, due: null: Due 1/1/70
message, count: null: 0 tickets
message, count: 'many': NaN tickets
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
