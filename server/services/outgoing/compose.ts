import { randomBytes } from 'node:crypto';
import { domainToASCII } from 'node:url';
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
import { type Addressed, type Addressees, type TicketAttributes, recipientsOf } from './recipients';
import { bodyToText, unwrapBlocks, wrapHtml } from './email-body';
import { cut } from '../lib/cut';

export interface ComposeInput extends Addressed {
  /** Without an id, there is no such ticket. */
  ticket: TicketAttributes & { id?: number; ticketNumber: string; title: string; threadToken: string };
  comments: readonly OutgoingComment[];
  template: { subject: string; body: string; sendTo?: readonly string[] | null };
  speech: Speech;
  thread: {
    /** Message-IDs of the ticket's emails in both directions, oldest first, without angle brackets. */
    messageIds: readonly string[];
    /** The customer's newest one. Null when no email came yet. */
    inReplyTo: string | null;
  };
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
    text: bodyToText(body.text),
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
  const shortened = render(cutTitle(title, Math.max(1, title.length - excess)));
  return { ...shortened, text: cutTitle(shortened.text, MAX_SUBJECT_LENGTH) };
}

/** With an ellipsis when something is missing. */
const cutTitle = (text: string, length: number): string => (text.length <= length ? text : `${cut(text, length - 1)}…`);

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
