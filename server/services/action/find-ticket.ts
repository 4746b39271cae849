import type { Ticket } from '../helpdesk/desk-records';
import { GATHERED } from '../helpdesk/recent-emails';
import { idOfMark } from '../helpdesk/thread-token';
import { domainOf } from '../lib/address';
import { storedSubjectKey } from '../message/reading/subject-key';
import type { ParsedMessage } from '../message/types';
import { compilePattern } from '../rule/pattern';
import { defaultTicketNumberPattern, findTicketNumbers } from '../rule/ticket-number';
import { isAddressOf } from './contact-address';
import { ownFirst } from './copies';
import { numbersInAddresses } from './plus-address';
import type { ActionContext } from './types';

/** How the action looks for the ticket of a message. */
export interface TicketSearch {
  /** Finds the ticket number; the default looks for the configured prefix and digits. */
  regex?: string;
  searchIn: 'subject' | 'subjectAndText' | 'source';
  /** Whether an email of the same contact with the same subject belongs to its last ticket. */
  matchSameSubject: boolean;
}

export interface Match {
  ticket: Ticket | null;
  matchedBy: 'thread' | 'ticketNumber' | 'sameSubject' | 'new' | typeof GATHERED;
  /** A ticket that was named or answered by somebody who has no part in it, or that holds the same email. */
  related: Ticket | null;
  /** Left out: it is the former. `twin`: the latter. `closedLong`: it was closed too long ago. */
  why?: 'twin' | 'closedLong';
}

/** To which ticket a message belongs, strongest evidence first. */
export async function findTicket(context: ActionContext, config: TicketSearch): Promise<Match> {
  const { message, desk, contact } = context;
  const answered = [...message.references, ...message.inReplyTo];
  const ours = desk.ticketOfSentIds(answered);
  if (ours) return { ticket: wasSplitOff(context, ours, answered) ?? ours, matchedBy: 'thread', related: null };
  // The message answered stands last, and in its thread others may have opened tickets of their own.
  const received = answered.toReversed().flatMap((id) => ownFirst(context, desk.ticketsOfReceivedId(id)));
  const joined = received.find((ticket) => takesPart(context, ticket));
  if (joined) return { ticket: joined, matchedBy: 'thread', related: null };

  const mayJoin = (ticket: Ticket) => takesPart(context, ticket) && mayJoinByNumber(context);
  // Whoever got an email handed on can quote it, so a mark alone opens no conversation. The first one is that of the email answered.
  const marked = desk.ticketOfSentIds((message.marks ?? []).map(idOfMark).toReversed());
  if (marked && mayJoin(marked)) return { ticket: marked, matchedBy: 'thread', related: null };

  const text = config.searchIn === 'source' ? context.source() : searched(message, config);
  const isOwn = (address: string) => context.ownAddresses.has(address);
  const addressed = await ticketsNamed(context, numbersInAddresses(message, context.ticketPrefixes, isOwn));
  const named = [...addressed, ...(await ticketsNamed(context, findTicketNumbers(patternOf(config, context.ticketPrefixes), text)))];
  const byNumber = addressed.find(mayJoin) ?? ofSubject(message.subject, named.filter(mayJoin));
  if (byNumber) return { ticket: byNumber, matchedBy: 'ticketNumber', related: null };

  const same = config.matchSameSubject && contact ? await desk.ticketOfSubject(storedSubjectKey(message.subject), contact) : null;
  if (same && takesPart(context, same)) return { ticket: same, matchedBy: 'sameSubject', related: null };
  // The same email came to another mailbox of ours: both are told of each other.
  const elsewhere = message.messageId ? desk.ticketsOfReceivedId(message.messageId) : [];
  const twin = elsewhere.find((ticket) => takesPart(context, ticket)) ?? null;
  const referred = marked ?? named[0] ?? received[0] ?? null;
  return { ticket: null, matchedBy: 'new', related: referred ?? twin, why: !referred && twin ? 'twin' : undefined };
}

async function ticketsNamed({ desk }: ActionContext, numbers: string[]): Promise<Ticket[]> {
  const tickets: Ticket[] = [];
  for (const number of numbers) {
    const ticket = await desk.ticketOfNumber(number);
    if (ticket) tickets.push(ticket);
  }
  return tickets;
}

/** A subject may name several tickets, "Re: About TT1 [TT2]" say: ours has the title beside the number. */
const ofSubject = (subject: string, tickets: Ticket[]): Ticket | null =>
  tickets.find(({ title }) => title !== '' && subject.includes(title)) ?? tickets[0] ?? null;

/** The ticket that the answered message was split off into, though its thread began in the ticket that it was split from. */
function wasSplitOff(context: ActionContext, ours: Ticket, answered: string[]): Ticket | null {
  const { desk } = context;
  const last = answered.findLast((id) => desk.ticketOfSentIds([id]) || desk.ticketsOfReceivedId(id).length > 0);
  const holders = last === undefined ? [] : desk.ticketsOfReceivedId(last);
  return holders.find((ticket) => ticket.splitFrom === ours.record.id && takesPart(context, ticket)) ?? null;
}

/**
 * A number can be guessed, and the Message-ID of a customer's email be known from an archive: only the ticket's contact, people in
 * copy, and colleagues of the same account join by them.
 */
export function takesPart(context: ActionContext, ticket: Ticket): boolean {
  const { message, customer, customerFrom, contact, isOurs } = context;
  if (isOurs) return true;
  // Anybody may write any Reply-To: who takes part is who sent it.
  const sender = customerFrom === 'replyTo' ? message.from?.address : customer?.address;
  if (!sender || message.identity === 'doubtful') return false;
  const isTheirs = ticket.participants.includes(sender) || isAddressOf(context, ticket.contact, sender);
  if (customerFrom === 'replyTo') return isTheirs;
  if (customerFrom === 'list' && !isOwnList(context)) return false;
  const sameAccount = contact?.account != null && contact.account === ticket.account;
  return isTheirs || sameAccount;
}

/** Who runs a list says who wrote: believed of the groups of our own domains alone. */
function isOwnList({ message, ownAddresses }: ActionContext): boolean {
  const ownDomains = new Set([...ownAddresses].map(domainOf));
  return message.list!.addresses.every((address) => ownDomains.has(domainOf(address)));
}

/**
 * Anybody may write our own address into From, and a number into a subject. Where the mailbox's own server has looked, it has to vouch for
 * the sender, and what we write to ourselves belongs to a ticket by its thread alone: a web form writes in our name, too.
 */
function mayJoinByNumber({ isOurs, customer, message: { identity, authenticity } }: ActionContext): boolean {
  return !isOurs || (customer !== null && (identity === 'proven' || authenticity.authservId === null));
}

/** The numbers of tickets that a message may be about, those in its source left out. */
export function numbersNamed(message: ParsedMessage, search: TicketSearch, ticketPrefixes: readonly string[]): string[] {
  const addressed = numbersInAddresses(message, ticketPrefixes);
  if (search.searchIn === 'source') return addressed;
  return [...addressed, ...findTicketNumbers(patternOf(search, ticketPrefixes), searched(message, search))];
}

function patternOf(config: TicketSearch, ticketPrefixes: readonly string[]) {
  return config.regex ? compilePattern(config.regex) : defaultTicketNumberPattern(...ticketPrefixes);
}

function searched(message: ParsedMessage, { searchIn }: TicketSearch): string {
  return searchIn === 'subject' ? message.subject : `${message.subject}\n${message.text}`;
}
