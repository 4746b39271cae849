#!/usr/bin/env bash
# nodemailer 10.6.0: References given as one string with commas comes out with a broken message id.
#
# Guess: the documented string form ("comma separated" is common in other libraries) is split, or handed on as it is.
# Seen:  "<a@x>, <b@x>" becomes "<a@x>,> <b@x>": a ">" is added behind the comma. With blanks, or as an array, all is well.
# Hurts: the thread ends there: the reader of the mail finds an id that nobody ever gave.
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

console.log(await header('References', { references: '<a@x.example>, <b@x.example>' }));
console.log(await header('References', { references: '<a@x.example> <b@x.example>' }));
console.log(await header('References', { references: ['<a@x.example>', '<b@x.example>'] }));
JS

cat >expected <<'SEEN'
"References: <a@x.example>,> <b@x.example>"
"References: <a@x.example> <b@x.example>"
"References: <a@x.example> <b@x.example>"
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
