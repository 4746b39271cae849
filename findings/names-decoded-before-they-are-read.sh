#!/usr/bin/env bash
# letterparser 0.1.8 and eml-parse-js 1.1.15: an encoded name with a comma becomes two people, and with a colon nobody has an address.
#
# Guess: encoded words are decoded after the header is taken apart, so that what they hold is never a sign of its grammar (RFC 2047 section 5).
# Seen:  "Berg, Anna" in To is a recipient called "Berg", which letterparser calls an address, and one called Anna; in From letterparser alone reads it
#        rightly. "Invoice: Anna" is a name without an address for eml-parse-js. mailparser 3.14.2, postal-mime 4.0.0 and emailjs-mime-parser 2.0.7 read all of them rightly.
# Hurts: programs encode a name with an umlaut as a whole, and a directory has the family name first: an answer to all goes to "Berg", and a sender called
#        "Rechnung: Müller" has no address.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts letterparser@0.1.8 eml-parse-js@1.1.15 mailparser@3.14.2 postal-mime@4.0.0 emailjs-mime-parser@2.0.7

cat >try.mjs <<'JS'
import { createRequire } from 'node:module';
import * as letterparser from 'letterparser';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';

const require = createRequire(import.meta.url);
const { readEml } = require('eml-parse-js');
const { default: emailjs } = require('emailjs-mime-parser');
const encoded = (name) => `=?utf-8?B?${Buffer.from(name).toString('base64')}?=`;
const shown = (people) =>
  [people]
    .flat()
    .map(({ name, address, email }) => `${name || '-'} <${address ?? email ?? ''}>`)
    .join(' + ');

for (const name of ['Müller Anna', 'Müller, Anna', 'Rechnung: Müller', 'Müller; Anna']) {
  const source = `From: ${encoded(name)} <a@example.com>\r\nTo: ${encoded(name)} <b@example.com>\r\nSubject: Lamp\r\nContent-Type: text/plain\r\n\r\nHello\r\n`;
  const mailparser = await simpleParser(source);
  const postal = await PostalMime.parse(source);
  const letter = letterparser.extract(source);
  const eml = readEml(source);
  const { headers } = emailjs(source);
  console.log(`${name}
  mailparser          ${shown(mailparser.from.value)} | ${shown(mailparser.to.value)}
  postal-mime         ${shown(postal.from)} | ${shown(postal.to)}
  emailjs-mime-parser ${shown(headers.from[0].value)} | ${shown(headers.to[0].value)}
  letterparser        ${shown(letter.from)} | ${shown(letter.to)}
  eml-parse-js        ${shown(eml.from)} | ${shown(eml.to)}`);
}
JS

cat >expected <<'SEEN'
Müller Anna
  mailparser          Müller Anna <a@example.com> | Müller Anna <b@example.com>
  postal-mime         Müller Anna <a@example.com> | Müller Anna <b@example.com>
  emailjs-mime-parser Müller Anna <a@example.com> | Müller Anna <b@example.com>
  letterparser        Müller Anna <a@example.com> | Müller Anna <b@example.com>
  eml-parse-js        Müller Anna <a@example.com> | Müller Anna <b@example.com>
Müller, Anna
  mailparser          Müller, Anna <a@example.com> | Müller, Anna <b@example.com>
  postal-mime         Müller, Anna <a@example.com> | Müller, Anna <b@example.com>
  emailjs-mime-parser Müller, Anna <a@example.com> | Müller, Anna <b@example.com>
  letterparser        Müller, Anna <a@example.com> | - <Müller> + Anna <b@example.com>
  eml-parse-js        Müller <> + Anna <a@example.com> | Müller <> + Anna <b@example.com>
Rechnung: Müller
  mailparser          Rechnung: Müller <a@example.com> | Rechnung: Müller <b@example.com>
  postal-mime         Rechnung: Müller <a@example.com> | Rechnung: Müller <b@example.com>
  emailjs-mime-parser Rechnung: Müller <a@example.com> | Rechnung: Müller <b@example.com>
  letterparser        Rechnung: Müller <a@example.com> | Rechnung: Müller <b@example.com>
  eml-parse-js        Rechnung <> | Rechnung <>
Müller; Anna
  mailparser          Müller; Anna <a@example.com> | Müller; Anna <b@example.com>
  postal-mime         Müller; Anna <a@example.com> | Müller; Anna <b@example.com>
  emailjs-mime-parser Müller; Anna <a@example.com> | Müller; Anna <b@example.com>
  letterparser        Müller; Anna <a@example.com> | Müller; Anna <b@example.com>
  eml-parse-js        Müller <> + Anna <a@example.com> | Müller <> + Anna <b@example.com>
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
