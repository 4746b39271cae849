#!/usr/bin/env bash
# json-2-csv 5.6.0: a missing value is the word "undefined", dates are in the machine's words, and of the numbers read back "007" is text and "7" is a number.
#
# Guess: what is missing is an empty cell, as in all other writers; dates are in ISO 8601.
# Seen:  null is "null" and missing "undefined" (emptyFieldValue changes both), a Date is what String() says, in the zone of the machine. Read back, "null" is
# null, an empty cell an empty string.
# Hurts: spreadsheets of tickets are full of "undefined"; sums and filters of columns fail, and dates cannot be sorted.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts json-2-csv@5.6.0

cat >try.mjs <<'JS'
import { csv2json, json2csv } from 'json-2-csv';
process.env.TZ = 'UTC';
const tickets = [{ id: 7, title: 'Offer', closed: new Date(0), owner: null }, { id: 8, title: 'Order' }];
console.log(json2csv(tickets));
console.log('\nemptyFieldValue:\n' + json2csv(tickets, { emptyFieldValue: '' }));
console.log('\nuseDateIso8601Format:\n' + json2csv(tickets, { useDateIso8601Format: true }));
console.log('\nread:', JSON.stringify(csv2json('id,owner,note\n007,null,\n7,Anna,true\n')));
JS

cat >expected <<'SEEN'
id,title,closed,owner
7,Offer,Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time),null
8,Order,undefined,undefined

emptyFieldValue:
id,title,closed,owner
7,Offer,Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time),
8,Order,,

useDateIso8601Format:
id,title,closed,owner
7,Offer,1970-01-01T00:00:00.000Z,null
8,Order,undefined,undefined

read: [{"id":"007","owner":null,"note":""},{"id":7,"owner":"Anna","note":true}]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
