import type { Core } from '@strapi/strapi';
import { letOthersRun } from '../lib/let-others-run';
import { cutText } from '../message/cut';
import type { Attachment, ParsedMessage } from '../message/types';
import { deleteFiles } from '../storage/files';
import type { ActivityKind } from './activity';
import { actAs, type Actor } from './actor';
import { openContacts } from './desk-contacts';
import { newRecord, newTicket, type Comment, type Contact, type Delivery, type NewTicket, type Ticket } from './desk-records';
import { copiesOf, heldIds, type Copy, type CopyPlace, type Drafted } from './desk-copies';
import { findThreads } from './desk-threads';
import { forwardsByPeople } from './forwards';
import { openTickets } from './desk-tickets';
import { type Drafts, noDrafts, writeDrafts } from './desk-writes';
import { cutTexts, MAX_STORED_BYTES } from './long-texts';
import type { NewsKind } from './news';
import { openRecentEmails, wroteAfter } from './recent-emails';
import type { NewRecord } from '../storage/records';
import { spamAfter } from './spam-mark';
import { successorOf, wasClosedBefore } from './successors';
import { type StatusRef, withStatusId } from './statuses';
import { tagsOfTicket } from './tags';

/**
 * The helpdesk as a batch of messages sees it: what the batch may need is looked up together, what it decides is kept in
 * memory (so that the tenth message finds the ticket that the first one opened), and written together by `flush`. All in the
 * calling code's transaction.
 */
export interface Desk {
  /** The moment that all of the batch is dated with: records that change alike are written by one statement. */
  now: Date;
  contact(email: string): Contact | null;
  /** A contact of the account that has the domain of its address, if there is one. */
  createContact(data: { email: string } & Record<string, unknown>): Contact;
  /** Notes that mail from that address of theirs came in, so that it is no dead one, and its language where nobody knows that of the contact. */
  noteEmailOf(contact: Contact, address: string, languageOf: () => string | null): void;
  /** The email of ours with that Message-ID. */
  delivery(messageId: string): Delivery | null;
  /** The token of the conversation beside the customer's that this Message-ID, of ours or of theirs, belongs to: see forwards.ts. */
  forwardOf(messageId: string): string | null;
  /** The tokens of such conversations of a ticket, by the addresses of the people. */
  forwardsByPeople(ticket: Ticket): Promise<Map<string, string>>;
  /** The ticket that one of these Message-IDs of ours belongs to; only who had an email of it can know one. The last id counts most. */
  ticketOfSentIds(messageIds: string[]): Ticket | null;
  /**
   * Those that hold an email to which somebody else gave that Message-ID, the original first. It is known to whoever else had that email,
   * and anybody can repeat one.
   */
  ticketsOfReceivedId(messageId: string): Ticket[];
  /** Where this very email stands already, by whatever mailbox it came. */
  copiesOf(message: ParsedMessage, place: CopyPlace): Promise<Copy[]>;
  /** Throws ChangedMeanwhile, as `ticketOfSubject` does: then the batch is to be done again. */
  ticketOfNumber(ticketNumber: string): Promise<Ticket | null>;
  /** The newest ticket of that contact about that subject. */
  ticketOfSubject(subjectKey: string, contact: Contact): Promise<Ticket | null>;
  /** Whether this closed ticket was closed before that moment. */
  wasClosedBefore(ticket: Ticket, date: Date): Promise<boolean>;
  /** The newest ticket of that contact that refers to this one. */
  successorOf(ticket: Ticket, contact: Contact): Promise<Ticket | null>;
  /** Of a long description its beginning is kept; the whole is with the comment that says the same. */
  createTicket(data: NewTicket): Ticket;
  updateTicket(ticket: Ticket, changes: Record<string, unknown>): void;
  /** Notes that somebody wrote to this ticket at that moment; an email that is older than what is known changes nothing. */
  noteActivity(ticket: Ticket, at: Date): void;
  /** Gives tags to a ticket, and notes those that are new to it. */
  tag(ticket: Ticket, tags: { id: number; name: string }[]): Promise<void>;
  /** Adds to the ticket's activity log, in the scanner's name. */
  log(ticket: Ticket, kind: ActivityKind, detail: Record<string, unknown>): void;
  /** Notes what colleagues may want to know: see news.ts for what `record` is. */
  addNews(kind: NewsKind, ticket: Ticket, record?: Comment | number): void;
  /** Whether a customer wrote to this ticket after that moment, as far as the ledger tells. */
  wroteAfter(ticket: Ticket, date: Date | null, ownAddresses: ReadonlySet<string>): Promise<boolean>;
  /** How many emails this ticket got within the last hour, from that sender and in all. */
  recentEmails(ticket: Ticket, sender: string): { fromSender: number; inAll: number };
  /** Whether `count` tickets were opened for this customer within the last hour, by emails of this sender among others. */
  hasOpened(customer: string, sender: string, count: number): Promise<boolean>;
  /** The ticket that gathers what this customer writes beyond a limit of new tickets; null as long as there is none. */
  gatheringTicket(customer: string): Promise<Ticket | null>;
  /** Notes that a ticket was opened for this customer, to gather what else they write, perhaps. */
  noteOpened(customer: string, ticket: Ticket, gathers: boolean): void;
  /** Of a long text the beginning is kept with the comment, and the whole as a file of it. */
  addComment(ticket: Ticket, data: Record<string, unknown>, author: Contact | null, attachments: Attachment[]): Comment;
  /** Does this once all that was decided so far is written, in the same transaction and in the name of the batch. */
  whenWritten(work: () => Promise<void>): void;
  /** Writes what was decided so far; from then on every record has its id. May be called again. */
  flush(): Promise<void>;
  /** Deletes the files written, after the transaction was rolled back. */
  discardFiles(): Promise<void>;
}

/** What a batch wants to find. */
export interface Lookups {
  emails: Iterable<string>;
  messageIds: Iterable<string>;
  /** Among these, those that the emails of the batch have themselves. */
  ownIds: Iterable<string>;
  ticketNumbers: Iterable<string>;
  /** Senders of what has just come in; of how much they sent lately the desk keeps count. */
  recentFrom: Iterable<string>;
}

/**
 * `scanner` is the name in which the batch acts. Whatever is looked up: of a merged ticket, the one that it was merged into is found.
 * Throws ChangedMeanwhile when one of the tickets was changed or merged a moment ago.
 */
export async function openDesk(strapi: Core.Strapi, lookups: Lookups, scanner: string): Promise<Desk> {
  const actor: Actor = { kind: 'scanner', name: scanner };
  const now = new Date();
  const contacts = await openContacts(strapi, lookups.emails);
  const threads = await findThreads(strapi, lookups.messageIds);
  await letOthersRun();
  const recent = await openRecentEmails(strapi, lookups.recentFrom);
  const tickets = await openTickets(strapi, { threads, ticketNumbers: lookups.ticketNumbers, contacts: contacts.byId });
  await letOthersRun();
  const drafts = noDrafts();
  const known = { tickets, inBatch: [] as Drafted[], held: heldIds(strapi, lookups.ownIds, tickets) };
  const files: string[] = [];
  const waiting: (() => Promise<void>)[] = [];

  return {
    now,

    contact: contacts.find,

    createContact(data) {
      const contact = contacts.create(data);
      drafts.contacts.push(contact);
      return contact;
    },

    noteEmailOf: (contact, address, languageOf) => noteEmailOf(contact, address, languageOf, drafts),

    delivery: (messageId) => threads.deliveries.get(messageId) ?? null,
    forwardOf: (messageId) => threads.forwards.get(messageId) ?? null,
    forwardsByPeople: (ticket) => forwardsByPeople(strapi, ticket.record.id!),

    ticketOfSentIds: tickets.ofSentIds,
    ticketsOfReceivedId: tickets.ofReceivedId,
    copiesOf: (message, place) => copiesOf(strapi, message, place, known),
    ticketOfNumber: tickets.ofNumber,
    ticketOfSubject: tickets.ofSubject,

    wasClosedBefore: (ticket, date) => wasClosedBefore(strapi, ticket, date),

    successorOf: (ticket, contact) => successorOf(strapi, { drafts, tickets }, ticket, contact),

    createTicket(given) {
      const data = { ...given, description: cutText(given.description, MAX_STORED_BYTES) };
      const ticket = newTicket(data);
      drafts.tickets.set(ticket, { ...data, attributes: withStatusId(data.attributes) });
      tickets.noteNew(ticket);
      return ticket;
    },

    updateTicket: (ticket, changes) => draftChanges(drafts, ticket, changes),

    noteActivity: (ticket, at) => noteActivity(drafts, ticket, at),

    tag: (ticket, tags) => draftTags(strapi, drafts, ticket, tags),

    log: (ticket, kind, detail) => void drafts.entries.push({ ticket, kind, detail }),

    addNews: (kind, ticket, record) => void drafts.news.push({ kind, ticket, record }),

    wroteAfter: (ticket, date, own) => wroteAfter(strapi, ticket.record.id, date, own),

    recentEmails: recent.of,

    hasOpened: recent.hasOpened,

    async gatheringTicket(customer) {
      const documentId = recent.gathering(customer);
      return documentId === null
        ? null
        : ([...drafts.tickets.keys()].find(({ record }) => record.documentId === documentId) ?? tickets.ofDocument(documentId));
    },

    noteOpened: recent.noteOpened,

    addComment(ticket, given, author, files) {
      const data = { ...given };
      const attachments = [...files, ...cutTexts(data)];
      if (data.source === 'email') recent.add(ticket, String(data.authorAddress));
      const comment: Comment = { record: newRecord({}), ticket, attachments };
      known.inBatch.push({ comment, data });
      drafts.comments.push({ comment, data, author });
      if (typeof data.messageId === 'string') tickets.noteReceived(data.messageId, ticket);
      return comment;
    },

    async flush() {
      const { newTickets } = await writeDrafts(strapi, drafts, { actor, files });
      for (const ticket of newTickets) tickets.noteWritten(ticket);
      for (const work of waiting.splice(0)) await actAs(actor, work);
    },

    whenWritten: (work) => void waiting.push(work),

    discardFiles: () => deleteFiles(strapi, files),
  };
}

async function draftTags(strapi: Core.Strapi, drafts: Drafts, ticket: Ticket, tags: { id: number; name: string }[]): Promise<void> {
  const had = (ticket.tags ??= await tagsOfTicket(strapi, ticket.record.id!));
  const added = tags.filter(({ id }) => !had.has(id));
  if (added.length === 0) return;
  for (const { id } of added) had.add(id);
  drafts.tagged.push({ ticket, tags: added.map(({ id }) => id) });
  drafts.entries.push({ ticket, kind: 'tags', detail: { added: added.map(({ name }) => name), removed: [] } });
}

function noteActivity(drafts: Drafts, ticket: Ticket, at: Date): void {
  if (ticket.lastActivityAt && ticket.lastActivityAt >= at) return;
  ticket.lastActivityAt = at;
  if (ticket.record.id !== undefined) drafts.active.add(ticket);
}

function draftChanges(drafts: Drafts, ticket: Ticket, given: Record<string, unknown>): void {
  const changes = { ...withStatusId(given) };
  if (typeof changes.ticketStatus === 'string') ticket.ticketStatus = changes.ticketStatus;
  const mark = ticket.record.data.isSpam ? spamAfter(changes) : {};
  if (mark.isSpam === false) {
    ticket.record.data.isSpam = false;
    Object.assign(changes, mark);
    drafts.entries.push({ ticket, kind: 'noSpam', detail: {} });
  }
  const own = statusAfter(ticket, given);
  const ownEntry = {
    ticket,
    kind: 'helpdeskStatus' as const,
    detail: { from: ticket.helpdeskStatus?.name ?? null, to: own?.name ?? null },
  };
  const ownEntries = own?.id === ticket.helpdeskStatus?.id ? [] : [ownEntry];
  if (ownEntries.length > 0) changes.helpdeskStatus = own?.id ?? null;
  ticket.helpdeskStatus = own;
  if ('assignee' in changes) {
    const assignee = (changes.assignee as number | null) ?? null;
    // Whose a new ticket is, is told with its opening.
    if (assignee !== null && assignee !== ticket.assignee && ticket.record.id !== undefined)
      drafts.news.push({ kind: 'assigned', ticket, record: assignee });
    ticket.assignee = assignee;
  }
  if ('helpdeskTeam' in changes) {
    ticket.team = (changes.helpdeskTeam as number | null) ?? null;
    // Where somebody has it, it waits for nobody of the team.
    if (ticket.team !== null && ticket.record.id !== undefined) drafts.news.push({ kind: 'team', ticket });
  }
  if ('contactAddress' in changes) ticket.contactAddress = changes.contactAddress as string | null;
  if (Array.isArray(changes.participants)) ticket.participants = changes.participants;
  if (ticket.record.id === undefined) {
    Object.assign(drafts.tickets.get(ticket)!.attributes, changes);
    return;
  }
  drafts.entries.push(...noteChanges(ticket, changes), ...ownEntries);
  Object.assign(ticket.changes, changes);
  drafts.changed.add(ticket);
}

/** Which status of the site's own a ticket has after a change: another `ticketStatus` ends one of another kind. */
function statusAfter({ helpdeskStatus, ticketStatus }: Ticket, given: Record<string, unknown>): StatusRef | null {
  if (given.helpdeskStatus !== undefined) return given.helpdeskStatus as StatusRef | null;
  return helpdeskStatus?.kind === ticketStatus ? helpdeskStatus : null;
}

/** Notes what an email of a contact's tells of them. */
function noteEmailOf(contact: Contact, address: string, languageOf: () => string | null, { contactChanges }: Drafts): void {
  const { record } = contact;
  const written = contact.further.get(address) ?? record;
  const language = record.data.language ? null : languageOf();
  addChanges(contactChanges, record, language ? { language } : {});
  addChanges(contactChanges, written, written.data.undeliverable === true ? { undeliverable: false } : {});
}

function addChanges(contactChanges: Drafts['contactChanges'], record: NewRecord, changes: Record<string, unknown>): void {
  Object.assign(record.data, changes);
  if (record.id !== undefined && Object.keys(changes).length > 0) contactChanges.push({ record, changes });
}

/** What a rule or an answer may change of a ticket and its log tells; known without a query. */
const LOGGED_CHANGES = { status: 'ticketStatus', priority: 'priority' } as const;

/** Keeps the new values of what the log tells, and returns its entries. */
function noteChanges(ticket: Ticket, changes: Record<string, unknown>) {
  const { data } = ticket.record;
  const isBack = changes.snoozedAt === null && Boolean(data.snoozedAt);
  if (isBack) data.snoozedAt = null;
  const awake = isBack ? [{ ticket, kind: 'awake' as const, detail: {} }] : [];
  const changed = Object.entries(LOGGED_CHANGES).flatMap(([kind, attribute]) => {
    const [from, to] = [ticket.record.data[attribute], changes[attribute]];
    if (to === undefined || to === from) return [];
    ticket.record.data[attribute] = to;
    return [{ ticket, kind: kind as ActivityKind, detail: { from, to } }];
  });
  return [...changed, ...awake];
}
