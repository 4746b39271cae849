#!/usr/bin/env bash
# Four validators, four opinions on valid addresses.
#
# Guess: quoted local parts, address literals and encoded top-level domains are valid (RFC 5321 section 4.1.2), and a library
# that has "validator" in its name says so.
# Seen:  isemail 3.2.0 knows quotes, but no blank between them. @hapi/address 5.1.1 knows no quotes at all. email-validator
# 2.0.4 refuses each top-level domain in its encoded form. validator 13.15.35 takes all but the literal.
# Hurts: a customer who wrote to the desk cannot be entered as its contact: reading and checking use different libraries.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts isemail@3.2.0 validator@13.15.35 email-validator@2.0.4 @hapi/address@5.1.1

cat >try.mjs <<'JS'
import isemail from 'isemail';
import validator from 'validator';
import emailValidator from 'email-validator';
import { isEmailValid } from '@hapi/address';
const addresses = ['anna@example.com', '"a@b"@example.com', '"anna b"@example.com', 'anna@[192.0.2.1]', 'anna@example.xn--p1ai', 'анна@пример.рф'];
for (const one of addresses)
  console.log(one, JSON.stringify({ isemail: isemail.validate(one), validator: validator.isEmail(one), 'email-validator': emailValidator.validate(one), hapi: isEmailValid(one) }));
JS

cat >expected <<'SEEN'
anna@example.com {"isemail":true,"validator":true,"email-validator":true,"hapi":true}
"a@b"@example.com {"isemail":true,"validator":true,"email-validator":false,"hapi":false}
"anna b"@example.com {"isemail":false,"validator":true,"email-validator":false,"hapi":false}
anna@[192.0.2.1] {"isemail":true,"validator":false,"email-validator":false,"hapi":false}
anna@example.xn--p1ai {"isemail":true,"validator":true,"email-validator":false,"hapi":true}
анна@пример.рф {"isemail":true,"validator":true,"email-validator":false,"hapi":true}
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
