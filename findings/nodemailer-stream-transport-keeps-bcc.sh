#!/usr/bin/env bash
# nodemailer 10.6.0: the bytes of the stream transport hold the Bcc header; those of the SMTP transport and of MailComposer do not.
#
# Guess: Bcc never stands in composed bytes unless keepBcc is asked for.
# Seen:  streamTransport sets keepBcc by itself.
# Hurts: who composes once and hands the bytes to SMTP, or saves them in a Sent folder that others read, tells every reader who got a blind copy.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts nodemailer@10.6.0

cat >try.mjs <<'JS'
import nodemailer from 'nodemailer';
const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
const header = async (name, mail) => {
  const { message } = await transport.sendMail({ from: 'desk@example.com', to: 'anna@example.org', text: 'Hi', ...mail });
  const field = new RegExp('^' + name + ':.*(?:\\r?\\n[ \\t].*)*', 'im').exec(message.toString());
  return field ? JSON.stringify(field[0]) : 'no such header';
};

import MailComposer from 'nodemailer/lib/mail-composer/index.js';
const mail = { from: 'desk@example.com', to: 'anna@example.org', bcc: 'boss@example.com', text: 'Hi' };
console.log('stream transport', await header('Bcc', mail));
const bytes = await new Promise((resolve, reject) => new MailComposer(mail).compile().build((error, built) => (error ? reject(error) : resolve(built))));
console.log('MailComposer    ', /^bcc:/im.test(bytes.toString()) ? 'Bcc' : 'no such header');
JS

cat >expected <<'SEEN'
stream transport "Bcc: boss@example.com"
MailComposer     no such header
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
