#!/usr/bin/env bash
# nodemailer 10.6.0: inReplyTo given as an array is left out without a word.
#
# Guess: RFC 5322 allows several ids in In-Reply-To, and references takes an array, so inReplyTo takes one too.
# Seen:  there is no In-Reply-To header, and no error.
# Hurts: an answer to two messages joined in one ticket loses its thread in programs that read In-Reply-To alone.
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

console.log(await header('In-Reply-To', { inReplyTo: ['<a@x.example>', '<b@x.example>'] }));
console.log(await header('In-Reply-To', { inReplyTo: '<a@x.example> <b@x.example>' }));
JS

cat >expected <<'SEEN'
no such header
"In-Reply-To: <a@x.example> <b@x.example>"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
