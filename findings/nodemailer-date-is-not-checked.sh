#!/usr/bin/env bash
# nodemailer 10.6.0: a date given as a string is written into the header as it stands.
#
# Guess: a string is parsed and written in the form of RFC 5322, or refused.
# Seen:  "2026-03-03T10:00:00Z", what JSON.stringify makes of a Date, becomes the Date header, which is no date of RFC 5322.
# Hurts: a mail that went through a queue as JSON bears an invalid Date: some servers refuse it, spam filters count it against the sender.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts nodemailer@10.6.0 mailparser@3.14.2

cat >try.mjs <<'JS'
import nodemailer from 'nodemailer';
const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
const header = async (name, mail) => {
  const { message } = await transport.sendMail({ from: 'desk@example.com', to: 'anna@example.org', text: 'Hi', ...mail });
  const field = new RegExp('^' + name + ':.*(?:\\r?\\n[ \\t].*)*', 'im').exec(message.toString());
  return field ? JSON.stringify(field[0]) : 'no such header';
};

const date = new Date(Date.UTC(2026, 2, 3, 10));
console.log(await header('Date', { date }));
console.log(await header('Date', JSON.parse(JSON.stringify({ date }))));
JS

cat >expected <<'SEEN'
"Date: Tue, 03 Mar 2026 10:00:00 +0000"
"Date: 2026-03-03T10:00:00.000Z"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
