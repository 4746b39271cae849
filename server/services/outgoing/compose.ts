import { randomBytes } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { compile, type DomNode, type FormatCallback } from 'html-to-text';
import { isAddress } from '../../../shared/address';
import { say } from '../../../shared/sentences/words';
import { markOf } from '../helpdesk/thread-token';
import { domainOf } from '../lib/address';
import { SpokenError } from '../lib/spoken-error';
import { markHtml } from '../message/reading/own-mark';
import type { Address } from '../message/types';
import type { OutgoingComment } from './change-comments';
import type { Speech } from '../settings/speech';
import { tagValues } from './tags';
import { placeTicketLink } from './ticket-link-tag';
import { renderSubject, renderTemplate, toOneLine, type TagValues, type TrustedHtml } from './template';

/** A record with whatever attributes its content type has, a site's own included. */
type Attributes = Record<string, unknown>;

export interface ComposeInput {
  /** Without an id, there is no such ticket. */
  ticket: Attributes & { id?: number; ticketNumber: string; title: string; threadToken: string };
  /** With the address in use; `furtherAddresses` are their others. */
  contact: (Attributes & { email: string; furtherAddresses?: string[] }) | null;
  account: Attributes | null;
  comments: readonly OutgoingComment[];
  template: { subject: string; body: string; sendTo?: readonly string[] | null };
  sender: Address;
  speech: Speech;
  thread: {
    /** Message-IDs of the ticket's emails in both directions, oldest first, without angle brackets. */
    messageIds: readonly string[];
    /** The customer's newest one. Null when no email came yet. */
    inReplyTo: string | null;
  };
  /** Addresses that our own scanners read: a mail to one of them would come back as news. */
  ownAddresses?: readonly string[];
  /** Of who answers: HTML. */
  signature?: string;
  /** Where the question leads of how content the customer is. */
  ratingUrl?: string | null;
  /** Where the customer reads and answers the ticket; null where the email has no such link. */
  ticketUrl?: string | null;
  /** What an email to people outside says and brings along; left out in all others. */
  forward?: { words: TrustedHtml; forwarded: TrustedHtml };
  /** The plugin sends it by itself (RFC 3834). */
  isAutomatic?: boolean;
  /** The recipients that the author chose in place of those that the template names. */
  recipients?: Addressees | null;
}

/** What an email's recipients are worked out from. */
type Addressed = Pick<ComposeInput, 'ticket' | 'contact' | 'account' | 'template' | 'sender' | 'ownAddresses' | 'recipients'>;

export interface Recipients {
  to: Address[];
  cc: Address[];
}

/** With those who get it unseen: no header names them, and nobody else is told of them. */
export interface Addressees extends Recipients {
  bcc: Address[];
}

interface ComposedMail extends Addressees {
  from: Address;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  /** Without angle brackets. */
  messageId: string;
  /** Tags of the template that name nothing. */
  unknownTags: string[];
}

/** What a column and every mail client can take, in UTF-16 units. */
export const MAX_SUBJECT_LENGTH = 255;
/** Of a long thread, References names its first message and this many of its last. */
const LAST_REFERENCES = 10;
/** RFC 5322 §2.1.1 allows lines of 998 characters, and an id cannot be folded. */
const MAX_MESSAGE_ID_LENGTH = 250;
/** By this header we recognise our own mail, should it come back to us. */
export const OWN_MAIL_HEADER = 'X-Mail-Scanner';

/**
 * Makes the email about a ticket's comments from its template. Throws when the sender's address has no domain.
 * Nothing but the Message-ID differs from call to call.
 */
export function compose(input: ComposeInput): ComposedMail {
  const { ticket, sender, template, speech } = input;
  const domain = sendingDomain(sender.address);
  const values = tagValues(input);
  // A subject is shown and logged where nobody expects the right to answer.
  const subject = composeSubject(template.subject, { ...values, helpdesk: { ...values.helpdesk, ticketLink: '' } }, ticket.title, speech);
  const text = placeTicketLink(unwrapBlocks(template.body), { isThere: Boolean(input.ticketUrl), language: speech.language });
  const body = renderTemplate(text, values, { html: true, speech });
  const wrapped = (mark: string) => wrapHtml(body.text + mark, subject.text, speech.language);
  return {
    from: { name: toOneLine(sender.name), address: sender.address },
    ...recipientsOf(input),
    subject: subject.text,
    html: wrapped(ticket.id === undefined ? '' : markHtml(markOf({ id: ticket.id, threadToken: ticket.threadToken }))),
    text: htmlToText(body.text),
    headers: {
      ...threadHeaders(input.thread, `${ticket.threadToken}@${domain}`),
      [OWN_MAIL_HEADER]: ticket.threadToken,
      ...(input.isAutomatic ? BY_A_MACHINE : SUPPRESS_ROBOTS),
    },
    messageId: createMessageId(ticket.threadToken, domain),
    unknownTags: [...new Set([...subject.unknownTags, ...body.unknownTags])],
  };
}

/**
 * A person wrote this mail, so it carries no Auto-Submitted (RFC 3834 §5). An out-of-office notice is worth knowing for the
 * person who waits for the answer, a bounce even more; other automatic replies help nobody (MS-OXCMAIL §2.1.3.2.20).
 */
const SUPPRESS_ROBOTS = { 'X-Auto-Response-Suppress': 'AutoReply' };

/** What the plugin sends by itself is answered by no machine that keeps to RFC 3834 §2. */
const BY_A_MACHINE = { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' };

// ---- Subject

/** "Re:" as mail clients write it, once or many times over. */
const REPLY_PREFIXES = /^(?:(?:re|aw|antw|sv|vs|odp|res|rif|ref|ynt|回复|回覆|答复|答覆|返信)\s*(?:\[\d+\])?\s*[:：]\s*)+/i;

function composeSubject(template: string, values: TagValues, title: string, speech: Speech): { text: string; unknownTags: string[] } {
  const render = (shownTitle: string) => {
    const { text, unknownTags } = renderSubject(template, { ...values, helpdesk: { ...values.helpdesk, title: shownTitle } }, speech);
    return { text: text.replace(REPLY_PREFIXES, 'Re: '), unknownTags };
  };
  const whole = render(title);
  const excess = whole.text.length - MAX_SUBJECT_LENGTH;
  if (excess <= 0) return whole;
  // The title gives way first: the ticket number behind it is what an answer may be recognised by.
  const shortened = render(cut(title, Math.max(1, title.length - excess)));
  return { ...shortened, text: cut(shortened.text, MAX_SUBJECT_LENGTH) };
}

/** At most `length` UTF-16 units, with an ellipsis when something is missing, and no half characters. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

// ---- Recipients

/** Where a template may be sent to. */
const RECIPIENTS: Record<string, (input: Addressed) => Address> = {
  contactEmail: ({ contact }) => addressOf(contact, fullName(contact)),
  accountEmail: ({ account }) => addressOf(account, stringOf(account?.name)),
  assignee: ({ ticket }) => {
    const assignee = recordOf(ticket.assignee);
    return addressOf(assignee, fullName(assignee));
  },
};

/**
 * Everybody once: first in To, then in Cc, then in Bcc. Never the sender, nor another address of ours. Who once was in copy is written to
 * only when the template says so: an answer to somebody that nobody thought of is worse than none.
 */
export function recipientsOf(input: Addressed): Addressees {
  const taken = new Set([input.sender.address, ...(input.ownAddresses ?? [])].map((address) => address.toLowerCase()));
  const fresh = ({ address }: Address) => {
    if (!isAddress(address) || taken.has(address.toLowerCase())) return false;
    taken.add(address.toLowerCase());
    return true;
  };
  const chosen = (people: Address[]) => people.map(({ name, address }) => ({ name: toOneLine(name), address })).filter(fresh);
  if (input.recipients) {
    const { to, cc, bcc } = input.recipients;
    return { to: chosen(to), cc: chosen(cc), bcc: chosen(bcc) };
  }
  const sendTo = input.template.sendTo?.length ? input.template.sendTo : ['contactEmail'];
  const to = sendTo.flatMap((key) => (Object.hasOwn(RECIPIENTS, key) ? [RECIPIENTS[key](input)] : [])).filter(fresh);
  const inCopy = sendTo.includes('participants') && Array.isArray(input.ticket.participants);
  const participants = inCopy ? (input.ticket.participants as unknown[]) : [];
  // Of a contact's addresses the one in use is written to, and no other.
  if (to.some(({ address }) => address === input.contact?.email)) for (const address of furtherOf(input.contact)) taken.add(address);
  const cc = participants.map((participant: unknown) => participantAddress(participant)).filter(fresh);
  return { to, cc, bcc: [] };
}

const furtherOf = (contact: Addressed['contact']): string[] => contact?.furtherAddresses ?? [];

function participantAddress(participant: unknown): Address {
  if (typeof participant === 'string') return { name: '', address: participant.trim() };
  const { name, address } = recordOf(participant);
  return { name: toOneLine(stringOf(name)), address: stringOf(address).trim() };
}

function addressOf(record: Attributes | null, name: string): Address {
  return { name: toOneLine(name), address: stringOf(record?.email).trim() };
}

/** A contact's or an admin user's name; Strapi spells the two differently. */
function fullName(person: Attributes | null): string {
  return [person?.firstName ?? person?.firstname, person?.lastName ?? person?.lastname].map(stringOf).filter(Boolean).join(' ');
}

function recordOf(value: unknown): Attributes {
  return typeof value === 'object' && value !== null ? (value as Attributes) : {};
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

// ---- Thread (RFC 5322 §3.6.4)

/**
 * A Message-ID that nobody can guess (128 bits) and that names its ticket, without angle brackets. Stored with the delivery
 * and used at every attempt.
 */
export function createMessageId(threadToken: string, domain: string): string {
  return `${threadToken}.${randomBytes(16).toString('hex')}@${domain}`;
}

/**
 * In-Reply-To names what the customer wrote last, and References ends with it. References begins with the ticket's own id:
 * clients that keep only the first of a long list still lead back to the ticket.
 */
function threadHeaders({ messageIds, inReplyTo }: ComposeInput['thread'], ticketId: string): Record<string, string> {
  const parent = inReplyTo !== null && isMessageId(inReplyTo) ? inReplyTo : null;
  const earlier = [...new Set(messageIds)].filter((id) => isMessageId(id) && id !== parent && id !== ticketId);
  const chain = parent ? [...earlier, parent] : earlier;
  const kept = chain.length > LAST_REFERENCES + 1 ? [chain[0], ...chain.slice(-LAST_REFERENCES)] : chain;
  return {
    ...(parent ? { 'In-Reply-To': `<${parent}>` } : {}),
    References: [ticketId, ...kept].map((id) => `<${id}>`).join(' '),
  };
}

/** Senders invent ids of all kinds; one with a blank or a bracket would break the list apart. */
function isMessageId(id: string): boolean {
  return id.length > 0 && id.length <= MAX_MESSAGE_ID_LENGTH && /^[\x21-\x7e]+$/.test(id) && !/[<>]/.test(id);
}

/** The domain of an address in ASCII (IDNA), for a Message-ID. */
export function sendingDomain(address: string): string {
  const domain = domainToASCII(domainOf(address));
  if (!address.includes('@') || domain === '') throw new SpokenError(say('outgoing.noSender', { address }));
  return domain;
}

// ---- Bodies

/** An editor puts a lone tag into a paragraph, which must not hold the blocks that the comments and a signature are. */
function unwrapBlocks(body: string): string {
  return body.replace(/<p[^<>]*>\s*(\$(?:helpdesk-(?:comments|words|forwarded)|agent-signature)(?:\|[^$\n]*)?\$)\s*<\/p>/gi, '$1');
}

/** Colours that are readable on light and dark grounds; clients that turn colours round may do so. */
function wrapHtml(body: string, subject: string, language: string): string {
  const title = subject.replace(/[<>&]/g, ' ');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${title}</title>
</head>
<body style="margin:0;padding:16px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5">
<div style="max-width:640px;overflow-wrap:break-word">
${body}
</div>
</body>
</html>
`;
}

const PLAIN_TEXT_WIDTH = 78;
/** Deeper is no text that anybody wrote; the converter recurses. */
const MAX_HTML_DEPTH = 300;

/** A table's row is a line, with a bar between its cells: as wide columns of blanks it would break on a phone. */
const formatCell: FormatCallback = (cell, walk, builder) => {
  if (elementsIn(cell.parent).indexOf(cell) > 0) builder.addInline(' | ');
  walk(cell.children, builder);
};

/** The only block of a cell stays in the row's line. */
const formatCellBlock: FormatCallback = (block, walk, builder) => {
  if (elementsIn(block.parent).length === 1) return walk(block.children, builder);
  builder.openBlock({ leadingLineBreaks: 1 });
  walk(block.children, builder);
  builder.closeBlock({ trailingLineBreaks: 1 });
};

const elementsIn = (parent: DomNode | undefined): DomNode[] => (parent?.children ?? []).filter(({ type }) => type === 'tag');

/** Made once, when it is needed: it takes the options apart. */
let converter: ReturnType<typeof compile> | null = null;
const convertHtml = (html: string): string => (converter ??= compile(TO_TEXT))(html);
const TO_TEXT: Parameters<typeof compile>[0] = {
  wordwrap: PLAIN_TEXT_WIDTH,
  limits: { maxDepth: MAX_HTML_DEPTH },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'table', format: 'block', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
    ...['tr', 'caption'].map((selector) => ({ selector, format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } })),
    ...['td', 'th'].map((selector) => ({ selector, format: 'cell' })),
    ...['td > p', 'th > p', 'td > div', 'th > div'].map((selector) => ({ selector, format: 'cellBlock' })),
  ],
  formatters: { cell: formatCell, cellBlock: formatCellBlock },
};

const htmlToText = (body: string): string => `${convertHtml(`<body>${body}</body>`).trim()}\n`;
