import { hash } from 'node:crypto';

import { checkSender } from './reading/authenticity';
import { automaticOf } from './reading/machines/automatic';
import { readBody } from './body';
import { readReport } from './reading/bounces/bounce';
import { forwardedFrom } from './reading/forwards/forwarded';
import { decodeWords, parseAddresses, parseDate, parseMessageIds } from './mime/header';
import { defaultLimits, type Limits } from './limits';
import { listMailOf, withoutListFooter } from './reading/list-mail';
import { parseMime, type Part } from './mime/mime';
import { marksIn, withoutMarks } from './reading/own-mark';
import { envelopeOf } from './reading/reply/envelope';
import { visibleTextOf } from './reading/reply/reply-text';
import { canSanitize, sanitizeHtml } from './html/sanitize';
import { composed } from '../lib/composed';
import type { Address, ParsedMessage, ParseOptions } from './types';
import { wrappedByCertifier } from './wrapped-by-certifier';
import { wrappedByFilter } from './wrapped-by-filter';
import { transportHeadersOf, wrappedByList } from './wrapped-by-list';
import { inEnglish, type Said, say } from '../../../shared/sentences/words';

export { MessageLimitError } from './limits';

/**
 * Reads one email as a person would: who wrote it, what is new in it, what is attached, whether a machine wrote it.
 * Pure and synchronous inside; the result survives a structured clone. Broken mail is repaired with warnings, never refused.
 * @throws MessageLimitError for a bomb, with the limit that it breaks
 */
export function parseMessage(source: Uint8Array, options: ParseOptions = {}): Promise<ParsedMessage> {
  return new Promise((resolve) => resolve(readMessage(source, options)));
}

function readMessage(source: Uint8Array, options: ParseOptions): ParsedMessage {
  const warnings: Said[] = [];
  return messageOf(readTree(source, options, warnings), { size: source.byteLength, options, warnings });
}

/** The MIME tree of a message, under the limits of `options`. @throws MessageLimitError */
export function readTree(source: Uint8Array, options: ParseOptions, warnings: Said[]): Part {
  return parseMime(source, limitsOf(options), warnings);
}

function limitsOf({ maxParts, maxNesting, maxHeaderBytes }: ParseOptions): Limits {
  return {
    maxParts: maxParts ?? defaultLimits.maxParts,
    maxNesting: maxNesting ?? defaultLimits.maxNesting,
    maxHeaderBytes: maxHeaderBytes ?? defaultLimits.maxHeaderBytes,
  };
}

/** What a MIME tree says, whoever read it. `size` is that of the source in bytes. @throws MessageLimitError */
export function messageOf(
  envelope: Part,
  { size, options, warnings }: { size: number; options: ParseOptions; warnings: Said[] },
): ParsedMessage {
  const certified = wrappedByCertifier(envelope, limitsOf(options), warnings);
  const filtered = wrappedByFilter(envelope, limitsOf(options), warnings);
  const wrapped = wrappedByList(filtered ?? envelope, limitsOf(options), warnings);
  const root = wrapped ?? filtered ?? certified ?? envelope;
  const headers = headersOf(root);
  if (wrapped !== null && filtered !== null) Object.assign(headers, transportHeadersOf(headersOf(filtered)));
  if (root !== envelope) Object.assign(headers, transportHeadersOf(headersOf(envelope)));
  // With the filter's mark, by which rules may know it.
  if (filtered !== null) Object.assign(headers, { subject: headersOf(envelope).subject ?? [] });
  const first = (name: string): string => headers[name]?.[0] ?? '';
  const addresses = (name: string): ParsedMessage['to'] => rawValues(root, name).flatMap(parseAddresses);
  const { marks, ...body } = withoutOurMarks(readBody(root, warnings));
  const html = safeHtml(body.html, warnings);
  const told = new Map(warnings.map((said) => [inEnglish(said), said]));
  const message = {
    messageId: parseMessageIds(first('message-id'))[0] ?? null,
    date: parseDate(first('date')),
    from: authorIn(addresses('from')),
    sender: addresses('sender')[0] ?? null,
    replyTo: addresses('reply-to'),
    to: addresses('to'),
    cc: addresses('cc'),
    bcc: addresses('bcc'),
    subject: first('subject').trim(),
    inReplyTo: parseMessageIds((headers['in-reply-to'] ?? []).join(' ')),
    references: parseMessageIds((headers.references ?? []).join(' ')),
    headers,
    text: body.text,
    html,
    ...(marks.length > 0 ? { marks } : {}),
  };
  const report = readReport({ root, headers, text: body.text });
  const carried = listMailOf(message);
  const list = wrapped === null || carried === null ? carried : { ...carried, isInFrom: true, author: message.from };
  const visibleText = visibleTextOf(body.text, body.html, envelopeOf(message));
  const sender = checkSender(rawValues(envelope, 'authentication-results'), rawValues(envelope, 'from'), {
    trusted: options.trustedAuthservIds ?? [],
    isLearning: options.isLearningAuthserv ?? false,
  });
  // What is proven of the list, or of a provider of certified mail, is not of the author that it names.
  if ((list?.isInFrom || certified !== null) && sender.identity === 'proven') sender.identity = 'unknown';
  // Spread last: a literal that begins with a spread is made property by property, which took a twelfth of the reading.
  return withComposedWords({
    visibleText: list === null ? visibleText : withoutListFooter(visibleText, headers),
    attachments: body.attachments,
    automatic: automaticOf({ root, headers, subject: message.subject, text: body.text, report }),
    bounce: report?.kind === 'bounce' ? report.bounce : null,
    list,
    forwarded: report === null ? forwardedFrom(root, { ...body, subject: message.subject }) : null,
    size,
    warnings: [...told.keys()],
    warningsSaid: [...told.values()],
    ...message,
    ...sender,
    ...contentHashes({ ...message, attachments: body.attachments }),
  });
}

/** What people read and search for. After the hashes: ledgers know emails by what stood in them. */
function withComposedWords(message: ParsedMessage): ParsedMessage {
  const named = <A extends Address | null>(address: A): A => address && { ...address, name: composed(address.name) };
  const { from, sender, replyTo, to, cc, bcc, subject, text, html, visibleText, attachments, forwarded } = message;
  return {
    ...message,
    from: named(from),
    sender: named(sender),
    replyTo: replyTo.map(named),
    to: to.map(named),
    cc: cc.map(named),
    bcc: bcc.map(named),
    subject: composed(subject),
    text: composed(text),
    html: html && composed(html),
    visibleText: composed(visibleText),
    attachments: attachments.map((attachment) => ({ ...attachment, name: composed(attachment.name) })),
    forwarded: forwarded && {
      from: named(forwarded.from),
      subject: forwarded.subject && composed(forwarded.subject),
      text: forwarded.text && composed(forwarded.text),
    },
  };
}

/** The marks of our tickets, and the texts without them. */
function withoutOurMarks<B extends { text: string; html: string | null }>(body: B): B & { marks: string[] } {
  const { text, html } = body;
  const marks = marksIn(text, html);
  return marks.length === 0 ? { ...body, marks } : { ...body, marks, text: withoutMarks(text), html: html && withoutMarks(html) };
}

/** The first with an address; what stands before it without one is the name that commas have cut: `Lamps, Wires, Doe <a@b>`. */
function authorIn(authors: Address[]): Address | null {
  const at = authors.findIndex(({ address }) => address !== '');
  if (at < 1) return authors[0] ?? null;
  const names = new Set(authors.slice(0, at + 1).map(({ name }) => name));
  return { ...authors[at], name: [...names].filter((name) => name !== '').join(', ') };
}

function rawValues(part: Part, name: string): string[] {
  return part.headers.filter((header) => header.name === name).map((header) => header.raw);
}

/** Without a prototype, so that a header may be called `constructor`. */
function headersOf(part: Part): Record<string, string[]> {
  const headers = Object.create(null) as Record<string, string[]>;
  for (const { name, raw } of part.headers) (headers[name] ??= []).push(decodeWords(raw));
  return headers;
}

function safeHtml(html: string | null, warnings: Said[]): string | null {
  if (html === null) return null;
  if (canSanitize(html)) return sanitizeHtml(html);
  warnings.push(say('message.htmlTooLarge'));
  return null;
}

/** What the sender wrote, free of how it was sent: the decoded text with its white space collapsed, and the files. */
function contentHashes(
  message: Pick<ParsedMessage, 'messageId' | 'date' | 'from' | 'subject' | 'text' | 'attachments'>,
): Pick<ParsedMessage, 'contentHash' | 'textHash'> {
  const { messageId, date, from, subject, text, attachments } = message;
  const written = [messageId ?? '', date ?? '', from?.address ?? '', collapsed(subject), collapsed(text)];
  // A server that rewrites a mail may put its parts into another order.
  const files = attachments.map(({ name, hash }) => `${hash} ${name}`).sort();
  return { contentHash: sha256([...written, ...files]), textHash: sha256(written) };
}

const sha256 = (lines: string[]): string => hash('sha256', lines.join('\n'));

/** One blank between words. The pattern leaves single blanks alone, which are most of all. */
function collapsed(text: string): string {
  return text.replace(/\s{2,}|[^\S ]/g, ' ').trim();
}
