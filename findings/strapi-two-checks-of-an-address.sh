#!/usr/bin/env bash
# @strapi/utils 5.55.0: the check of an email field (its yup) and the check of a request (its zod) disagree on senders that deliver mail every day.
#
# Guess: an attribute of the type "email" takes each address that mail comes from; the validators that Strapi hands to plugins agree with it.
# Seen:  the field refuses a host without a dot and two dots before the @. zod takes neither of these, nor "&", "=" and "/", letters beyond ASCII, nor a top-level domain in
# its encoded form (xn--p1ai). A newer yup (1.7.1) takes the first two, but no letter beyond ASCII.
# Hurts: a plugin that stores who wrote loses the mail of root@mailhost; a contact that came by mail cannot be saved in the panel.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @strapi/utils@5.55.0 yup@1.7.1

cat >try.mjs <<'JS'
import utils from '@strapi/utils';
import * as newer from 'yup';
const checks = { 'email field': (text) => utils.yup.string().email().isValidSync(text), zod: (text) => utils.z.email().safeParse(text).success, 'yup 1.7.1': (text) => newer.string().email().isValidSync(text) };
const word = (ok) => (ok ? 'taken' : 'refused');
for (const text of ["o'neil@example.com", 'root@mailhost', 'ann..lee@example.com', 'r&d@example.com', 'bounce+anna=example.org@example.com', 'sales/eu@example.com', 'jörg@example.com', 'anna@grün.example', 'anna@example.xn--p1ai'])
  console.log(text.padEnd(38), Object.entries(checks).map(([name, check]) => `${name}: ${word(check(text))}`).join(', '));
JS

cat >expected <<'SEEN'
o'neil@example.com                     email field: taken, zod: taken, yup 1.7.1: taken
root@mailhost                          email field: refused, zod: refused, yup 1.7.1: taken
ann..lee@example.com                   email field: refused, zod: refused, yup 1.7.1: taken
r&d@example.com                        email field: taken, zod: refused, yup 1.7.1: taken
bounce+anna=example.org@example.com    email field: taken, zod: refused, yup 1.7.1: taken
sales/eu@example.com                   email field: taken, zod: refused, yup 1.7.1: taken
jörg@example.com                       email field: taken, zod: refused, yup 1.7.1: refused
anna@grün.example                      email field: taken, zod: refused, yup 1.7.1: refused
anna@example.xn--p1ai                  email field: taken, zod: refused, yup 1.7.1: taken
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
