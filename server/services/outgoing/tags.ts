import { commentsHtml, replyAbove, type OutgoingComment } from './change-comments';
import { ENGLISH, type Speech } from '../settings/speech';
import { sanitizeHtml } from '../message/html/sanitize';
import { htmlToText } from '../message/html/text';
import { escapeHtml } from '../lib/html';
import { SCORES } from '../../../shared/vocabulary';
import { RATING_WORDS } from './rating-words';
import { TrustedHtml, type TagValues } from './template';
import { fullName } from '../../../shared/names';

/** Which tags there are: every attribute of three records, and some that are made. */

const ENTITIES = { helpdesk: 'Ticket', contacts: 'Contact', accounts: 'Account' } as const;
type Entity = keyof typeof ENTITIES;

/** Never told: who knows the token can write into the ticket, the others are notes of the plugin, and what the team notes or when something is due is its own business. */
const UNTOLD_ATTRIBUTES = [
  'threadToken',
  'subjectKey',
  'noAutomaticEmails',
  'confirmedAt',
  'isSpam',
  'beforeSpam',
  'dueAt',
  'dueFor',
  'snoozedAt',
  'snoozedUntil',
  'contactAddress',
  'furtherAddresses',
  'notes',
  'notesBy',
  'notesAt',
];

/** A plain address, so that a template can make a link of its own of it: see ticket-link-tag.ts. */
const TICKET_LINK = '$helpdesk-ticket_link$';

/** Offered first, under the names that people know. */
const SPECIAL_TAGS: readonly TemplateTag[] = [
  { tag: '$helpdesk-replyabove$', label: 'The line above which the customer answers' },
  { tag: '$helpdesk-comments$', label: 'Public comments, newest first' },
  { tag: '$helpdesk-ticket_no$', label: 'Ticket number' },
  { tag: '$agent-signature$', label: 'Signature of who answers' },
  { tag: '$helpdesk-rating$', label: 'Links by which the customer says how content they are' },
  { tag: TICKET_LINK, label: 'Address of the page on which the customer reads and answers the ticket' },
  { tag: '$helpdesk-words$', label: 'What somebody writes who forwards messages' },
  { tag: '$helpdesk-forwarded$', label: 'Forwarded messages' },
];

/** Those that make an email of comments have no place in a canned reply, which is a comment itself. */
const NOT_IN_REPLIES = [
  '$helpdesk-replyabove$',
  '$helpdesk-comments$',
  '$agent-signature$',
  '$helpdesk-rating$',
  TICKET_LINK,
  '$helpdesk-words$',
  '$helpdesk-forwarded$',
];

/** Who writes; only in canned replies, where that is known. */
const AGENT_TAGS: readonly TemplateTag[] = [
  { tag: '$agent-name$', label: 'Agent: name' },
  { tag: '$agent-firstName$', label: 'Agent: first name' },
  { tag: '$agent-email$', label: 'Agent: email' },
];

export interface TemplateTag {
  /** As it is written in a template. */
  tag: string;
  label: string;
}

export interface TagSource {
  ticket: Record<string, unknown>;
  contact: Record<string, unknown> | null;
  account: Record<string, unknown> | null;
  comments: readonly OutgoingComment[];
  /** Where the question leads of how content somebody is; null where nobody asks. */
  ratingUrl?: string | null;
  /** Where the customer reads and answers the ticket; null where that is told nobody. */
  ticketUrl?: string | null;
  /** Of who answers: HTML. */
  signature?: string;
  /** What an email to people outside says and brings along; left out in all others. */
  forward?: { words: TrustedHtml; forwarded: TrustedHtml };
  speech?: Speech;
}

/** What an editor offers, given the attributes of the content types as they are on this site. */
export function availableTags(attributes: Record<Entity, readonly string[]>): TemplateTag[] {
  const own = (Object.keys(ENTITIES) as Entity[]).flatMap((entity) =>
    attributes[entity]
      .filter(isTold)
      .map((name) => ({ tag: `$${entity}-${name}$`, label: `${ENTITIES[entity]}: ${describeAttribute(name)}` })),
  );
  return [...SPECIAL_TAGS, ...own];
}

/** The same for canned replies. */
export function cannedReplyTags(attributes: Record<Entity, readonly string[]>): TemplateTag[] {
  const [special, others] = [SPECIAL_TAGS, availableTags(attributes).slice(SPECIAL_TAGS.length)];
  return [...special.filter(({ tag }) => !NOT_IN_REPLIES.includes(tag)), ...AGENT_TAGS, ...others];
}

export interface Agent {
  firstname: string | null;
  lastname: string | null;
  email: string | null;
}

/** The values of the tags in a canned reply. The two that it may not have are unknown to it. */
export function cannedReplyValues(source: Omit<TagSource, 'comments'>, { firstname, lastname, email }: Agent): TagValues {
  const { helpdesk, ...values } = tagValues({ ...source, comments: [] });
  const {
    comments: _comments,
    replyAbove: _replyAbove,
    rating: _rating,
    ticketLink: _ticketLink,
    words: _words,
    forwarded: _forwarded,
    ...told
  } = helpdesk;
  const name = fullName(firstname, lastname) || email;
  return { ...values, helpdesk: told, agent: { name, firstName: firstname || name, lastName: lastname ?? '', email } };
}

const NOTHING_FORWARDED = { words: new TrustedHtml('', ''), forwarded: new TrustedHtml('', '') };

/** The values of all tags. Those of a contact or an account that is not there are empty, not unknown. */
export function tagValues({
  ticket,
  contact,
  account,
  comments,
  signature = '',
  ratingUrl = null,
  ticketUrl = null,
  forward = NOTHING_FORWARDED,
  speech = ENGLISH,
}: TagSource): TagValues {
  return {
    helpdesk: {
      ...toldOf(ticket),
      comments: commentsHtml(comments, speech),
      replyAbove: replyAbove(speech),
      rating: ratingLinks(ratingUrl, speech),
      ticketLink: ticketUrl ?? '',
      ...forward,
    },
    agent: { signature: signatureBlock(signature) },
    contacts: { firstName: '', lastName: '', email: '', phone: '', language: '', ...toldOf(contact) },
    accounts: { name: '', domain: '', email: '', ...account },
  };
}

const toldOf = (record: Record<string, unknown> | null): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record ?? {}).filter(([name]) => isTold(name)));

/** One line for each answer, which a mail program shows as well without colours. */
function ratingLinks(url: string | null, { language }: Speech): TrustedHtml {
  if (url === null) return new TrustedHtml('', '');
  const words = RATING_WORDS[language];
  const links = SCORES.map((score) => `<a href="${escapeHtml(`${url}?score=${score}`)}">${escapeHtml(words[score])}</a>`);
  return new TrustedHtml(links.join('<br>\n'), '');
}

const NO_SIGNATURE = new TrustedHtml('', '');

/** Sanitised again, whatever wrote it down; nothing of it where there is none. */
function signatureBlock(html: string): TrustedHtml {
  if (html === '') return NO_SIGNATURE;
  const clean = sanitizeHtml(html).trim();
  return new TrustedHtml(clean && `<div>${clean}</div>`, htmlToText(clean));
}

function isTold(attribute: string): boolean {
  return !UNTOLD_ATTRIBUTES.includes(attribute);
}

/** `lastActivityAt` as "last activity at". */
function describeAttribute(attribute: string): string {
  return attribute
    .replaceAll('_', ' ')
    .replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim();
}
