#!/usr/bin/env bash
# intl-messageformat 12.1.5: an address in angle brackets is an error, a null is nothing, and # inside select stays a #.
#
# Guess: "Anna <anna@example.com>" has no argument and is text; null is written "null" or refused like an absent value; # inside a
# select inside a plural is the number.
# Seen:  INVALID_TAG for the address (also for "<b>" unless a function b is given); undefined and null become an empty string, while
# an absent key is an error; @messageformat/core 3.4.1 takes all of it otherwise.
# Hurts: a translator who puts an address into a sentence breaks the page in one language only; "Answer by " goes out without the
# name.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts intl-messageformat@12.1.5 @messageformat/core@3.4.1

cat >try.mjs <<'JS'
import { IntlMessageFormat } from 'intl-messageformat';
import MessageFormat from '@messageformat/core';
const tries = [['Write to Anna <anna@example.com>', {}], ['a < b, <3', {}], ['Answer by {name}.', { name: null }], ['Answer by {name}.', { name: undefined }], ['Answer by {name}.', {}], ['{n, plural, other {{who, select, other {# tickets}}}}', { n: 5, who: 'x' }]];
const shown = (make) => { try { return JSON.stringify(make()); } catch (error) { return error.message.split('\n')[0].slice(0, 60); } };
for (const [message, values] of tries) console.log(message, JSON.stringify(values, (key, value) => (value === undefined ? 'undefined' : value)), '\n  intl-messageformat', shown(() => new IntlMessageFormat(message, 'en').format(values)), '\n  messageformat     ', shown(() => new MessageFormat('en').compile(message)(values)));
JS

cat >expected <<'SEEN'
Write to Anna <anna@example.com> {} 
  intl-messageformat INVALID_TAG 
  messageformat      "Write to Anna <anna@example.com>"
a < b, <3 {} 
  intl-messageformat "a < b, <3" 
  messageformat      "a < b, <3"
Answer by {name}. {"name":null} 
  intl-messageformat "Answer by ." 
  messageformat      "Answer by null."
Answer by {name}. {"name":"undefined"} 
  intl-messageformat "Answer by ." 
  messageformat      "Answer by undefined."
Answer by {name}. {} 
  intl-messageformat The intl string context variable "name" was not provided to  
  messageformat      "Answer by undefined."
{n, plural, other {{who, select, other {# tickets}}}} {"n":5,"who":"x"} 
  intl-messageformat "# tickets" 
  messageformat      "5 tickets"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
