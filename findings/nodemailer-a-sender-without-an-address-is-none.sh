#!/usr/bin/env bash
# nodemailer 10.6.0: a sender without an address, or a date that is none, is no error but a mail without From; the same person in two ways of writing gets it twice.
#
# Guess: a From without an address is refused, since RFC 5322 section 3.6 demands one; recipients are compared without regard to case, as they are by every server.
# Seen:  from: 'Desk' gives a mail without From and the envelope sender false; new Date('x') is the header "Invalid Date"; date: 0 is now; Anna@ and anna@ are two recipients, anna@ twice is one.
# Hurts: a setting that lost its address is noticed by the customer's server, which refuses the mail, or by nobody; the customer in To and Cc gets two.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts nodemailer@10.6.0

cat >try.mjs <<'JS'
import nodemailer from 'nodemailer';
const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
const tries = [{ from: 'Desk' }, { from: 'Desk <desk>' }, { from: '' }, { date: new Date('x') }, { cc: 'anna@example.org' }, { cc: 'Anna@example.org' }, { cc: 'anna@Example.org' }];
for (const change of tries) {
  const { message, envelope } = await transport.sendMail({ from: 'desk@example.com', to: 'anna@example.org', date: new Date(0), ...change });
  const fields = message.toString().split('\r\n').filter((line) => /^(From|Date):/.test(line)).map((line) => line.replace('Thu, 01 Jan 1970 00:00:00 +0000', '1970'));
  console.log(`${JSON.stringify(change)}: ${fields.join('; ')}; envelope ${JSON.stringify(envelope)}`);
}
JS

cat >expected <<'SEEN'
{"from":"Desk"}: Date: 1970; envelope {"from":false,"to":["anna@example.org"]}
{"from":"Desk <desk>"}: From: Desk <desk>; Date: 1970; envelope {"from":"desk","to":["anna@example.org"]}
{"from":""}: Date: 1970; envelope {"from":false,"to":["anna@example.org"]}
{"date":null}: From: desk@example.com; Date: Invalid Date; envelope {"from":"desk@example.com","to":["anna@example.org"]}
{"cc":"anna@example.org"}: From: desk@example.com; Date: 1970; envelope {"from":"desk@example.com","to":["anna@example.org"]}
{"cc":"Anna@example.org"}: From: desk@example.com; Date: 1970; envelope {"from":"desk@example.com","to":["anna@example.org","Anna@example.org"]}
{"cc":"anna@Example.org"}: From: desk@example.com; Date: 1970; envelope {"from":"desk@example.com","to":["anna@example.org"]}
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
