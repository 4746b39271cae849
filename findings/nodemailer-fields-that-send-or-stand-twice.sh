#!/usr/bin/env bash
# nodemailer 10.6.0: Cc and Bcc among `headers` are recipients, Content-Type among them stands twice, and Return-Path is written but changes nothing.
#
# Guess: headers are words that go along: they change no recipient; a field that the library writes itself is replaced or refused, not doubled; 0 is "0".
# Seen:  a Bcc or Cc in headers is added to the envelope, a To or From there is thrown away. Two Content-Type fields leave the house; X-Count: 0 does not.
# Hurts: a program that hands the fields of a received letter on, for information, sends its answer to all who stood in copy; the mail with two types is a file, or empty, by the reader.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts nodemailer@10.6.0

cat >try.mjs <<'JS'
import nodemailer from 'nodemailer';
const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
for (const [name, value] of [['Cc', 'boss@example.org'], ['Bcc', 'boss@example.org'], ['To', 'boss@example.org'], ['From', 'boss@example.org'], ['Content-Type', 'text/x-note'], ['Return-Path', '<bounces@example.com>'], ['X-Count', 0]]) {
  const { message, envelope } = await transport.sendMail({ from: 'desk@example.com', to: 'anna@example.org', text: 'Hi', headers: { [name]: value } });
  const fields = message.toString().split('\r\n').filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  console.log(`${name}: written as ${JSON.stringify(fields)}, goes from ${envelope.from} to ${envelope.to.join(' and ')}`);
}
JS

cat >expected <<'SEEN'
Cc: written as ["Cc: boss@example.org"], goes from desk@example.com to boss@example.org and anna@example.org
Bcc: written as ["Bcc: boss@example.org"], goes from desk@example.com to boss@example.org and anna@example.org
To: written as ["To: anna@example.org"], goes from desk@example.com to anna@example.org
From: written as ["From: desk@example.com"], goes from desk@example.com to anna@example.org
Content-Type: written as ["Content-Type: text/x-note","Content-Type: text/plain; charset=utf-8"], goes from desk@example.com to anna@example.org
Return-Path: written as ["Return-Path: <bounces@example.com>"], goes from desk@example.com to anna@example.org
X-Count: written as [], goes from desk@example.com to anna@example.org
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
