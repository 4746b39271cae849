#!/usr/bin/env bash
# @sendgrid/helpers 8.0.0 (in @sendgrid/mail): an attachment given as a Buffer is refused with "expected to be either Buffer or string", and names keep
# their quotes.
#
# Guess: content: Buffer is sent in base64; '"Berg, Anna" <anna@example.com>' has the name Berg, Anna; a string with two addresses is two recipients, or
# an error; replyToList takes what replyTo takes.
# Seen:  the data is cloned to a plain object before the Buffer is looked for. The name is "Berg, Anna" with quotes and backslashes, two addresses become
# one wrong one, and strings in replyToList are an error.
# Hurts: customers see their name in quotes; an attachment from a database must be encoded first, whatever the message says.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @sendgrid/helpers@8.0.0

cat >try.mjs <<'JS'
import helpers from '@sendgrid/helpers';
const { EmailAddress, Mail, Attachment } = helpers.classes;
const attempt = (name, make) => {
  try {
    console.log(name, '->', JSON.stringify(make()));
  } catch (error) {
    console.log(name, '->', error.message);
  }
};
attempt('Buffer', () => new Attachment({ content: Buffer.from('x'), filename: 'a.txt', type: 'text/plain', disposition: 'attachment' }));
attempt('string', () => new Attachment({ content: 'eA==', filename: 'a.txt', type: 'text/plain', disposition: 'attachment' }));
for (const text of ['Anna <anna@example.com>', '"Berg, Anna" <anna@example.com>', '"Anna \\"Ann\\" Berg" <anna@example.com>', 'anna@example.com (Anna)', 'Anna <anna@example.com>, Bob <bob@example.com>']) attempt(text, () => new EmailAddress(text));
const mail = { from: 'desk@example.com', to: 'anna@example.com', subject: 'x', text: 'y' };
attempt('replyTo', () => new Mail({ ...mail, replyTo: 'Bob <bob@example.com>' }).toJSON().reply_to);
attempt('replyToList', () => new Mail({ ...mail, replyToList: ['Bob <bob@example.com>'] }).toJSON().reply_to_list);
attempt('to', () => new Mail({ ...mail, to: 'anna@example.com, bob@example.com' }).toJSON().personalizations[0].to);
JS

cat >expected <<'SEEN'
Buffer -> `content` expected to be either Buffer or string
string -> {"content":"eA==","filename":"a.txt","type":"text/plain","disposition":"attachment"}
Anna <anna@example.com> -> {"email":"anna@example.com","name":"Anna"}
"Berg, Anna" <anna@example.com> -> {"email":"anna@example.com","name":"\"Berg, Anna\""}
"Anna \"Ann\" Berg" <anna@example.com> -> {"email":"anna@example.com","name":"\"Anna \\\"Ann\\\" Berg\""}
anna@example.com (Anna) -> {"email":"anna@example.com (Anna)"}
Anna <anna@example.com>, Bob <bob@example.com> -> {"email":"anna@example.com, Bob","name":"Anna"}
replyTo -> {"email":"bob@example.com","name":"Bob"}
replyToList -> Expected each replyTo to contain an `email` string
to -> [{"email":"anna@example.com, bob@example.com"}]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
