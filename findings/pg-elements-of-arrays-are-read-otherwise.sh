#!/usr/bin/env bash
# pg 8.23.1: numeric is a string, but numeric[] an array of floating point numbers, and name[] no array at all.
#
# Guess: an element of an array is read as the single value is: numeric[] gives strings, which keep all digits; name[] (array_agg of
# the names of tables) gives an array like text[].
# Seen:  numeric[] gives numbers, so that digits are lost; name[] and "char"[] are one string with braces. int8 and int8[] are
# strings both.
# Hurts: sums of money that were gathered with array_agg are rounded; names.length is the number of letters.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts pg@8.23.1

cat >try.mjs <<'JS'
import pg from 'pg';
const read = (type, text) => pg.types.getTypeParser(type, 'text')(text);
const shown = (value) => (Array.isArray(value) ? '[' + value.map(shown).join(', ') + ']' : typeof value + ' ' + value);
for (const [name, type, text] of [['text[]', 1009, '{tickets,users}'], ['name[]', 1003, '{tickets,users}'], ['bpchar[]', 1014, '{a,b}'], ['"char"[]', 1002, '{a,b}'], ['int8', 20, '9007199254740993'], ['int8[]', 1016, '{9007199254740993}'], ['numeric', 1700, '9007199254740993.10'], ['numeric[]', 1231, '{9007199254740993.10}']]) console.log(name, text, '->', shown(read(type, text)));
JS

cat >expected <<'SEEN'
text[] {tickets,users} -> [string tickets, string users]
name[] {tickets,users} -> string {tickets,users}
bpchar[] {a,b} -> [string a, string b]
"char"[] {a,b} -> string {a,b}
int8 9007199254740993 -> string 9007199254740993
int8[] {9007199254740993} -> [string 9007199254740993]
numeric 9007199254740993.10 -> string 9007199254740993.10
numeric[] {9007199254740993.10} -> [number 9007199254740994]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
