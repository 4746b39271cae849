#!/usr/bin/env bash
# email-reply-parser 2.3.7: an earlier mail whose headers begin with the date or the subject is taken for words of the answer, in English, too.
#
# Guess: four lines with the labels of headers that the library knows (From, Sent, To, Subject; Von, Gesendet, An, Betreff) introduce an earlier mail, whichever stands first.
# Seen:  only if From is the first. GMX and WEB.DE write "Gesendet" first, T-Online "Betreff", some programs "Date": the whole earlier mail is visible.
#        planer 1.2.0 (a port of Mailgun's talon) reads all of them.
# Hurts: each answer from the largest mail providers of Germany shows the letter of the desk below itself, and grows with each turn.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts email-reply-parser@2.3.7 planer@1.2.0

cat >try.cjs <<'JS'
const reply = require('email-reply-parser');
const planer = require('planer');
const Parser = reply.default ?? reply;

const values = { From: 'Desk <desk@example.com>', Von: 'Desk <desk@example.com>', To: 'ann@example.org', An: 'ann@example.org', Subject: 'Lamp', Betreff: 'Lamp' };
const moment = { Sent: 'Thursday, March 12, 2026 10:00 AM', Date: 'Thursday, March 12, 2026 10:00 AM', Gesendet: 'Donnerstag, 12. März 2026 um 10:00 Uhr', Datum: '12.03.2026 10:00' };
const orders = ['From Sent To Subject', 'From Subject Date To', 'Date From To Subject', 'Subject Date From To', 'Von Gesendet An Betreff', 'Gesendet Von An Betreff', 'Betreff Datum Von An'];
for (const order of orders) {
  const headers = order.split(' ').map((label) => `${label}: ${values[label] ?? moment[label]}`);
  const letter = `It works now.\n\nAnn\n\n${headers.join('\n')}\n\nPlease try again.\n\nDesk\n`;
  const seen = (text) => (text.includes('Please try again.') ? 'answer and earlier mail' : text.includes('It works now.') ? 'answer' : 'neither');
  console.log(`${order} | email-reply-parser: ${seen(new Parser().read(letter).getVisibleText())} | planer: ${seen(planer.extractFrom(letter, 'text/plain'))}`);
}
JS

cat >expected <<'SEEN'
From Sent To Subject | email-reply-parser: answer | planer: answer
From Subject Date To | email-reply-parser: answer | planer: answer
Date From To Subject | email-reply-parser: answer and earlier mail | planer: answer
Subject Date From To | email-reply-parser: answer and earlier mail | planer: answer
Von Gesendet An Betreff | email-reply-parser: answer | planer: answer
Gesendet Von An Betreff | email-reply-parser: answer and earlier mail | planer: answer
Betreff Datum Von An | email-reply-parser: answer and earlier mail | planer: answer
SEEN
node try.cjs | tee seen
diff expected seen && echo 'as described'
