#!/usr/bin/env bash
# nodemailer 10.6.0: an attached email is sent "inline" and in eight bits, whatever the server offers.
#
# Guess: an entry of attachments has the disposition "attachment", and eight bits are encoded unless the server says 8BITMIME.
# Seen:  message/rfc822 gets "Content-Disposition: inline" and "Content-Transfer-Encoding: 8bit" (base64 is forbidden for it by
# RFC 2046 section 5.2.1), and the composed bytes do not depend on the connection.
# Hurts: some programs show the inner mail as part of the text instead of a file; a server without 8BITMIME may refuse or spoil it.
# contentDisposition: "attachment" mends the first.
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

const { message } = await transport.sendMail({
  from: 'desk@example.com', to: 'anna@example.org', text: 'See below.',
  attachments: [{ filename: 'mail.eml', contentType: 'message/rfc822', content: 'From: b@example.com\r\nSubject: Grüße\r\n\r\nGrüße\r\n' }],
});
console.log(message.toString().split(/\r?\n/).filter((line) => /^content-(type: message|disposition|transfer-encoding: 8)/i.test(line)).join('\n'));
JS

cat >expected <<'SEEN'
Content-Type: message/rfc822; name=mail.eml
Content-Transfer-Encoding: 8bit
Content-Disposition: inline; filename=mail.eml
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
