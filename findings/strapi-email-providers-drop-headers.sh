#!/usr/bin/env bash
# Strapi's email providers 5.52.1: Amazon SES and Mailgun drop headers, SendGrid inReplyTo; nothing is said.
#
# Guess: send() means the same for all of them, so that a site can change its provider: headers are sent, inReplyTo becomes In-Reply-To, attachments have
# the form of Nodemailer, and "a@example.com, b@example.com" is two people.
# Seen:  SES gets sender, recipients, subject and text only, and both people as one address. Mailgun gets form fields with these names, which mean nothing there
# (it reads h:In-Reply-To and attachment). SendGrid gets the headers, and the attachment without base64.
# Hurts: with another provider answers come unthreaded, automatic mails without Auto-Submitted, files not at all, and no test of the site fails.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @strapi/provider-email-amazon-ses@5.52.1 @strapi/provider-email-mailgun@5.52.1 @strapi/provider-email-sendgrid@5.52.1

cat >try.mjs <<'JS'
import http from 'node:http';
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
let posted;
const server = http.createServer(async (request, response) => {
  posted = '';
  for await (const chunk of request) posted += chunk;
  const isApi = request.url.startsWith('/v3/');
  response.setHeader('content-type', isApi ? 'application/json' : 'text/xml');
  response.end(isApi ? '{"id":"1","message":"Queued"}' : '<SendEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendEmailResult><MessageId>1</MessageId></SendEmailResult></SendEmailResponse>');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = 'http://127.0.0.1:' + server.address().port;
const settings = { defaultFrom: 'desk@example.com' };
const providers = {
  'amazon-ses': { endpoint: url, region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } },
  mailgun: { key: 'k', domain: 'example.com', url },
  sendgrid: { apiKey: 'SG.x' },
};
const fields = {
  'amazon-ses': () => [...new URLSearchParams(posted)].slice(2).map((pair) => pair.join(' = ')),
  mailgun: () => [...posted.matchAll(/name="([^"]+)"[^]*?\r\n\r\n(.*)/g)].map(([, name, value]) => name + ' = ' + value),
  sendgrid: () => Object.entries(JSON.parse(posted)).map(([name, value]) => name + ' = ' + JSON.stringify(value)),
};
for (const [name, options] of Object.entries(providers)) {
  const provider = require('@strapi/provider-email-' + name).init(options, settings);
  if (name === 'sendgrid') require('@sendgrid/mail').client.setDefaultRequest('baseUrl', url + '/');
  await provider.send({ to: 'anna@example.com, bob@example.com', subject: 'Re: x', text: 'Hello', inReplyTo: '<1@example.com>', headers: { 'Auto-Submitted': 'auto-replied' }, attachments: [{ filename: 'a.txt', content: 'words' }] });
  console.log(name);
  for (const line of fields[name]()) console.log('  ' + line);
}
process.exit(0);
JS

cat >expected <<'SEEN'
amazon-ses
  Source = desk@example.com
  Destination.ToAddresses.member.1 = anna@example.com, bob@example.com
  Message.Subject.Data = Re: x
  Message.Subject.Charset = UTF-8
  Message.Body.Text.Data = Hello
  Message.Body.Text.Charset = UTF-8
mailgun
  from = desk@example.com
  to = anna@example.com, bob@example.com
  subject = Re: x
  text = Hello
  inReplyTo = <1@example.com>
  headers = {"Auto-Submitted":"auto-replied"}
  attachments = {"filename":"a.txt","content":"words"}
sendgrid
  from = {"email":"desk@example.com"}
  subject = "Re: x"
  personalizations = [{"to":[{"email":"anna@example.com, bob@example.com"}]}]
  attachments = [{"filename":"a.txt","content":"words"}]
  content = [{"value":"Hello","type":"text/plain"}]
  headers = {"Auto-Submitted":"auto-replied"}
SEEN
node try.mjs 2>/dev/null | tee seen
diff expected seen && echo 'as described'
