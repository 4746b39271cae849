#!/usr/bin/env bash
# nodemailer 10.6.0: a subject of ASCII letters without a blank is written as one line of any length.
#
# Guess: what cannot be folded is cut into encoded words, as is done with letters beyond ASCII, so that no line has more than 998 octets
# (RFC 5322 section 2.1.1).
# Seen:  a word of 1,200 letters makes a line of 1,201 octets. The same word with one "ü" is cut into encoded words.
# Hurts: Exchange, Postfix with smtp_line_length_limit and others break or refuse such a line: a subject with a long link is enough.
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

const longest = (field) => Math.max(...JSON.parse(field).split(/\r?\n/).map((line) => line.length));
console.log('ASCII      ', longest(await header('Subject', { subject: 'x'.repeat(1200) })));
console.log('beyond it  ', longest(await header('Subject', { subject: 'ü' + 'x'.repeat(1200) })));
JS

cat >expected <<'SEEN'
ASCII       1201
beyond it   72
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
