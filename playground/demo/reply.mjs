import { pathToFileURL } from 'node:url';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import nodemailer from 'nodemailer';
import { addressesIn } from './mail-server.mjs';
import { HOST, IMAP_PORT, MAIL_FOLDER, PASSWORD, SMTP_PORT, SUPPORT_ADDRESS } from './settings.mjs';

/** Plays a customer: answers the newest mail that any of them got from the helpdesk, as Gmail would. */

/**
 * @param {string} text what the customer writes
 * @param {{ imapPort: number, smtpPort: number, customers: string[] }} options
 * @returns {Promise<{ customer: string, subject: string } | null>} null when no customer has got an answer yet
 */
export async function replyAsCustomer(text, { imapPort, smtpPort, customers }) {
  const inboxes = await Promise.all(customers.map((customer) => newestFromSupport(customer, imapPort)));
  const newest = inboxes.filter(Boolean).sort((one, other) => other.receivedAt - one.receivedAt)[0];
  if (!newest) return null;
  const reply = composeReply(newest.customer, await simpleParser(newest.source), text);
  const transport = nodemailer.createTransport({ host: HOST, port: smtpPort, ignoreTLS: true });
  await transport.sendMail(reply);
  return { customer: newest.customer, subject: reply.subject };
}

/** The newest mail from the helpdesk in a customer's INBOX, or null. It becomes read, as when a person opens it. */
async function newestFromSupport(customer, port) {
  const client = new ImapFlow({ host: HOST, port, secure: false, auth: { user: customer, pass: PASSWORD }, logger: false });
  await client.connect();
  try {
    await client.mailboxOpen('INBOX');
    const uids = await client.search({ from: SUPPORT_ADDRESS }, { uid: true });
    if (!uids || uids.length === 0) return null;
    const uid = String(Math.max(...uids));
    const message = await client.fetchOne(uid, { source: true, internalDate: true }, { uid: true });
    await client.messageFlagsAdd(uid, ['\\Seen'], { uid: true });
    return { customer, source: message.source, receivedAt: new Date(message.internalDate) };
  } finally {
    await client.logout();
  }
}

function composeReply(customer, original, text) {
  const sender = (original.replyTo ?? original.from).value[0];
  const recipient = original.to?.value?.find(({ address }) => address?.toLowerCase() === customer);
  const references = [original.references ?? [], original.messageId ?? []].flat();
  return {
    from: { name: recipient?.name ?? '', address: customer },
    to: [{ name: sender.name, address: sender.address }],
    subject: /^re:/i.test(original.subject ?? '') ? original.subject : `Re: ${original.subject ?? ''}`,
    inReplyTo: original.messageId,
    references,
    text: `${text}\n\n${attribution(original, sender)}\n\n${quote(original.text ?? '')}\n`,
    html: quotedHtml(original, sender, text),
  };
}

function attribution({ date }, { name, address }) {
  const day = date.toLocaleDateString('en-US', { weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' });
  const clock = date.toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' });
  return `On ${day} at ${clock} ${name} <${address}> wrote:`;
}

function quote(text) {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()))
    .join('\n');
}

function quotedHtml(original, sender, text) {
  const body = original.html || original.textAsHtml || '';
  // Gmail keeps what is inside of the body only.
  const inner = /<body[^>]*>([^]*)<\/body>/i.exec(body)?.[1] ?? body;
  return `<div dir="ltr">${escapeHtml(text).replace(/\n/g, '<br>')}</div><br>
<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${escapeHtml(attribution(original, sender))}<br></div>
<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${inner}</blockquote></div>`;
}

function escapeHtml(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

async function main() {
  const text = process.argv.slice(2).join(' ').trim();
  if (text === '') throw new Error('Say what the customer writes: npm run demo:reply -- "That helped, thank you!"');
  const customers = addressesIn(MAIL_FOLDER).filter((address) => address !== SUPPORT_ADDRESS);
  const sent = await replyAsCustomer(text, { imapPort: IMAP_PORT, smtpPort: SMTP_PORT, customers }).catch((error) => {
    throw error.code === 'ECONNREFUSED' ? new Error('The demo is not running. Start it first: npm run demo') : error;
  });
  if (!sent) throw new Error('No customer has got an answer yet. Write a public comment on a ticket first.');
  console.log(`${sent.customer} answered "${sent.subject}". The ticket has it after the next scan.`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
