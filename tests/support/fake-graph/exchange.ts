import { simpleParser, type AddressObject } from 'mailparser';
import type { Address } from './store';

/** What Exchange makes of a message in MIME that it is asked to send. */

/** Headers that are passed on; others without `X-` are dropped, and `X-` names that the mailbox has not registered. */
const KEPT =
  /^(from|to|cc|subject|date|message-id|in-reply-to|references|reply-to|sender|mime-version|content-[a-z-]+|thread-(topic|index)|importance|list-[a-z-]+|precedence)$/i;

export interface Draft {
  from: Address | null;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  subject: string;
  messageId: string | null;
}

/** Its types do not know `maxHeadSize`. */
const READING = { skipHtmlToText: true, skipTextToHtml: true, maxHeadSize: Infinity };

export async function readMime(mime: Buffer): Promise<Draft> {
  const parsed = await simpleParser(mime, READING);
  const addresses = (field: AddressObject | AddressObject[] | undefined): Address[] =>
    [field ?? []].flat().flatMap(({ value }) => value.map(({ address, name }) => ({ address: (address ?? '').toLowerCase(), name })));
  return {
    from: addresses(parsed.from)[0] ?? null,
    to: addresses(parsed.to),
    cc: addresses(parsed.cc),
    bcc: addresses(parsed.bcc),
    subject: parsed.subject ?? '',
    messageId: parsed.messageId ?? null,
  };
}

interface Rewriting {
  displayName: string;
  address: string;
  messageId: string;
  registeredNames: readonly string[];
}

/** The message as recipients get it: no Bcc, no Auto-Submitted, no Return-Path, the directory's name in From, Date of the moment. */
export function asSent(mime: Buffer, { displayName, address, messageId, registeredNames }: Rewriting): string {
  const text = mime.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const head = text.slice(0, end < 0 ? text.length : end);
  const kept = head
    .split(/\r\n(?![ \t])/)
    .filter((line) => {
      const name = line.split(':')[0];
      return KEPT.test(name) || registeredNames.includes(name.toLowerCase());
    })
    .map((line) => {
      if (/^from:/i.test(line)) return `From: "${displayName}" <${address}>`;
      if (/^date:/i.test(line)) return `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`;
      return /^message-id:/i.test(line) ? `Message-ID: ${messageId}` : line;
    });
  return `${kept.join('\r\n')}${end < 0 ? '' : text.slice(end)}`;
}

/** A draft that was made of properties. */
export interface JsonMessage {
  subject?: string;
  body?: { contentType: string; content: string };
  from?: JsonRecipient;
  toRecipients?: JsonRecipient[];
  ccRecipients?: JsonRecipient[];
  bccRecipients?: JsonRecipient[];
  internetMessageId?: string;
  internetMessageHeaders?: { name: string; value: string }[];
  singleValueExtendedProperties?: { id: string; value: string }[];
}

interface JsonRecipient {
  emailAddress: { address: string; name?: string };
}

const PROPERTY_HEADERS: Record<string, string> = { 'String 0x1042': 'In-Reply-To', 'String 0x1039': 'References' };

/** Exchange makes the text again; here it is enough of it. */
export function mimeOfJson(message: JsonMessage): Buffer {
  const list = (recipients: JsonRecipient[] = []) => recipients.map(({ emailAddress: { address, name = '' } }) => `"${name}" <${address}>`);
  const headers = [
    ['From', list(message.from ? [message.from] : []).join()],
    ['To', list(message.toRecipients).join()],
    ['Cc', list(message.ccRecipients).join()],
    ['Bcc', list(message.bccRecipients).join()],
    ['Subject', message.subject ?? ''],
    ['Message-ID', message.internetMessageId ?? ''],
    ...(message.singleValueExtendedProperties ?? []).map(({ id, value }) => [PROPERTY_HEADERS[id] ?? 'X-Unknown', value]),
    ...(message.internetMessageHeaders ?? []).map(({ name, value }) => [name, value]),
    ['Content-Type', 'text/html; charset=utf-8'],
  ].filter(([, value]) => value !== '');
  return Buffer.from(`${headers.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${message.body?.content ?? ''}`);
}

/** What comes back to the sender for a recipient that does not exist (RFC 3464). */
export function reportOf(
  { internetMessageId, subject }: { internetMessageId: string; subject: string },
  sender: string,
  recipient: string,
): Buffer {
  const lines = [
    'From: Microsoft Outlook <postmaster@prod.example>',
    `To: ${sender}`,
    `Subject: Undeliverable: ${subject}`,
    `Message-ID: <report-${Math.random().toString(36).slice(2)}@prod.example>`,
    `In-Reply-To: ${internetMessageId}`,
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="r"',
    '',
    '--r',
    'Content-Type: text/plain',
    '',
    `Your message to ${recipient} couldn't be delivered.`,
    '--r',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; prod.example',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.10',
    'Diagnostic-Code: smtp; 550 5.1.10 RESOLVER.ADR.RecipientNotFound',
    '',
    '--r',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${internetMessageId}`,
    `Subject: ${subject}`,
    '',
    '--r--',
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}
