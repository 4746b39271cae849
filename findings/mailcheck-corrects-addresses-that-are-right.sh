#!/usr/bin/env bash
# mailcheck 1.1.1: addresses at proton.me, hey.com, email.com, libero.it and any university in ac.uk are "corrected".
#
# Guess: a suggestion comes for what is no provider but near to one (gmial.com); well-known providers and top-level domains are left alone.
# Seen:  it knows a short list of the year 2012 and brings what is near to a word of it; proton.me becomes proton.de, which is another owner.
# email-misspelled 4.4.0 with its list of 100 corrects gmx.ch, mail.de and email.com.
# Hurts: a form that offers the suggestion, or takes it by itself, sends the answer to a stranger.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailcheck@1.1.1 email-misspelled@4.4.0

cat >try.mjs <<'JS'
import mailcheck from 'mailcheck';
import misspelled, { top100 } from 'email-misspelled';
const check = (misspelled.default ?? misspelled)({ maxMisspelled: 3, domains: top100 });
for (const domain of ['gmial.com', 'web.de', 'proton.me', 'hey.com', 'email.com', 'libero.it', 'list.ru', 'wp.pl', 'uol.com.br', 'college.ac.uk', 'gmx.ch', 'mail.de'])
  console.log(domain.padEnd(14), 'mailcheck:', (mailcheck.run({ email: 'anna@' + domain })?.domain ?? '-').padEnd(14), 'email-misspelled:', check('anna@' + domain)[0]?.suggest ?? '-');
JS

cat >expected <<'SEEN'
gmial.com      mailcheck: gmail.com      email-misspelled: gmail.com
web.de         mailcheck: -              email-misspelled: -
proton.me      mailcheck: proton.de      email-misspelled: -
hey.com        mailcheck: sky.com        email-misspelled: sky.com
email.com      mailcheck: gmail.com      email-misspelled: gmail.com
libero.it      mailcheck: live.it        email-misspelled: -
list.ru        mailcheck: live.ru        email-misspelled: -
wp.pl          mailcheck: wp.nl          email-misspelled: -
uol.com.br     mailcheck: uol.com        email-misspelled: -
college.ac.uk  mailcheck: college.co.uk  email-misspelled: -
gmx.ch         mailcheck: -              email-misspelled: gmx.de
mail.de        mailcheck: -              email-misspelled: mail.ru
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
