import type { Core } from '@strapi/strapi';
import type { Attachment } from '../message/types';
import { newDocumentId, takeRandomBytes } from '../storage/randomness';
import { createRecords, updateRecords, type NewRecord } from '../storage/records';
import { deleteFiles, saveFile } from '../storage/files';
import { UID } from '../uids';
import { noteActivities, type Activity, type ActivityKind } from './activity';
import { actAs, type Actor } from './actor';
import { holdTickets, MergedMeanwhile } from './merged';
import { repeatedPictures } from './repeated-pictures';
import { takeTicketNumbers } from './ticket-numbers';

/**
 * The helpdesk as a batch of messages sees it: what the batch may need is looked up together, what it decides is kept in
 * memory (so that the tenth message finds the ticket that the first one opened), and written together by `flush`. All in the
 * calling code's transaction.
 */

export interface Contact {
  record: NewRecord;
  email: string;
  account: number | null;
}

export interface Ticket {
  record: NewRecord;
  ticketNumber: string | null;
  title: string;
  ticketStatus: string;
  contact: Contact | null;
  account: number | null;
  participants: string[];
  threadToken: string;
  subjectKey: string;
  /** The id of the ticket that this one was merged into, and of the one it was split from. */
  mergedInto: number | null;
  splitFrom: number | null;
  /** Changes to a ticket that was there before. */
  changes: Record<string, unknown>;
  isNew: boolean;
}

export interface Comment {
  record: NewRecord;
  ticket: Ticket;
  attachments: Attachment[];
}

export interface Delivery {
  id: number;
  ticket: number | null;
  /** Addresses, in lower case; empty until it is composed. */
  to: string[];
  cc: string[];
}

/** What a batch wants to find. */
export interface Lookups {
  emails: Iterable<string>;
  messageIds: Iterable<string>;
  ticketNumbers: Iterable<string>;
  /** Senders of what has just come in; of how much they sent lately the desk keeps count. */
  recentFrom: Iterable<string>;
}

/** How long ago "lately" is. */
export const RECENT_MS = 3_600_000;

export interface Desk {
  /** The moment that all of the batch is dated with: records that change alike are written by one statement. */
  now: Date;
  contact(email: string): Contact | null;
  /** A contact of the account that has the domain of its address, if there is one. */
  createContact(data: { email: string } & Record<string, unknown>): Contact;
  /** Notes that mail from that address came in, so that it is no dead one. */
  heardFrom(contact: Contact): void;
  /** The email of ours with that Message-ID. */
  delivery(messageId: string): Delivery | null;
  /** The ticket that one of these Message-IDs of ours belongs to; only who had an email of it can know one. The last id counts most. */
  ticketOfSentIds(messageIds: string[]): Ticket | null;
  /** The same for Message-IDs that others gave their emails: known to whoever else had that email, and anybody can repeat one. */
  ticketOfReceivedIds(messageIds: string[]): Ticket | null;
  ticketOfNumber(ticketNumber: string): Promise<Ticket | null>;
  /** The newest ticket of that contact about that subject. */
  ticketOfSubject(subjectKey: string, contact: Contact): Promise<Ticket | null>;
  createTicket(data: NewTicket): Ticket;
  updateTicket(ticket: Ticket, changes: Record<string, unknown>): void;
  /** Adds to the ticket's activity log, in the scanner's name. */
  log(ticket: Ticket, kind: ActivityKind, detail: Record<string, unknown>): void;
  /** How many emails this ticket got within the last hour, from that sender and in all. */
  recentEmails(ticket: Ticket, sender: string): { fromSender: number; inAll: number };
  addComment(ticket: Ticket, data: Record<string, unknown>, author: Contact | null, attachments: Attachment[]): Comment;
  /** Writes what was decided so far; from then on every record has its id. May be called again. */
  flush(): Promise<void>;
  /** Deletes the files written, after the transaction was rolled back. */
  discardFiles(): Promise<void>;
}

export interface NewTicket {
  title: string;
  description: string;
  subjectKey: string;
  contact: Contact | null;
  account: number | null;
  participants: string[];
  related: Ticket | null;
  attributes: Record<string, unknown>;
}

/** `scanner` is the name in which the batch acts. Whatever is looked up: of a merged ticket, the one that it was merged into is found. */
export async function openDesk(strapi: Core.Strapi, lookups: Lookups, scanner: string): Promise<Desk> {
  const actor: Actor = { kind: 'scanner', name: scanner };
  const now = new Date();
  const tickets = new Map<number, Ticket>();
  const contacts = await findContacts(strapi, [...lookups.emails]);
  const contactById = new Map([...contacts.values()].map((contact) => [contact.record.id!, contact]));
  const accounts = await findAccounts(strapi, [...lookups.emails].map(domainOf));
  const threads = await findThreads(strapi, [...lookups.messageIds]);
  const recent = await findRecent(strapi, [...new Set(lookups.recentFrom)]);
  const byNumber = new Map<string, Ticket | null>();
  const bySubject = new Map<string, Ticket | null>();
  const bySentId = new Map<string, Ticket>();
  const byReceivedId = new Map<string, Ticket>();
  await preloadTickets();

  let newContacts: Contact[] = [];
  const alive: Contact[] = [];
  let newTickets: { ticket: Ticket; data: NewTicket }[] = [];
  let newComments: { comment: Comment; data: Record<string, unknown>; author: Contact | null }[] = [];
  let newEntries: { ticket: Ticket; kind: ActivityKind; detail: Record<string, unknown> }[] = [];
  const changed = new Set<Ticket>();
  const written: string[] = [];

  async function preloadTickets() {
    const numbers = new Set([...lookups.ticketNumbers].flatMap((number) => [number, number.toUpperCase()]));
    const ids = new Set([...threads.sent.values(), ...threads.received.values()]);
    const found = await loadTickets([{ id: { $in: [...ids] } }, { ticketNumber: { $in: [...numbers] } }]);
    for (const ticket of found) byNumber.set(ticket.ticketNumber!.toUpperCase(), remaining(ticket));
    for (const [messageId, ticketId] of threads.sent) if (tickets.has(ticketId)) bySentId.set(messageId, remaining(tickets.get(ticketId)!));
    for (const [messageId, ticketId] of threads.received)
      if (tickets.has(ticketId)) byReceivedId.set(messageId, remaining(tickets.get(ticketId)!));
  }

  /** Tickets that fulfil one of the conditions, newest first; a condition with an empty list finds nothing. */
  async function loadTickets(conditions: Record<string, unknown>[]): Promise<Ticket[]> {
    const possible = conditions.filter((condition) => !Object.values(condition).some((value) => isEmptyIn(value)));
    if (possible.length === 0) return [];
    const rows = await strapi.db.query(UID.ticket).findMany({
      where: { $or: possible },
      orderBy: { id: 'desc' },
      populate: {
        contact: { populate: { account: { select: ['id'] } } },
        account: { select: ['id'] },
        mergedInto: { select: ['id'] },
        splitFrom: { select: ['id'] },
      },
    });
    const fresh = rows.filter(({ id }) => !tickets.has(id));
    for (const row of fresh) tickets.set(row.id, ticketFrom(row, contactById));
    await followMerges(fresh.map(({ id }) => tickets.get(id)!));
    return rows.map(({ id }) => tickets.get(id)!);
  }

  /** Sees to it that nobody merges these tickets before the batch is written, and loads those that they were merged into. Throws MergedMeanwhile. */
  async function followMerges(loaded: Ticket[]): Promise<void> {
    const held = await holdTickets(
      strapi,
      loaded.map(({ record }) => record.id!),
    );
    if (held && loaded.some(({ record, mergedInto }) => held.get(record.id!) !== mergedInto)) throw new MergedMeanwhile();
    const missing = loaded.flatMap(({ mergedInto }) => (mergedInto === null || tickets.has(mergedInto) ? [] : [mergedInto]));
    await loadTickets([{ id: { $in: [...new Set(missing)] } }]);
  }

  /** Where the conversation of a ticket goes on. */
  function remaining(ticket: Ticket): Ticket {
    const passed = new Set<Ticket>();
    let current = ticket;
    while (current.mergedInto !== null && tickets.has(current.mergedInto) && !passed.has(current)) {
      passed.add(current);
      current = tickets.get(current.mergedInto)!;
    }
    return current;
  }

  const record = (data: Record<string, unknown>): NewRecord => ({ documentId: newDocumentId(), data });

  return {
    now,

    contact: (email) => contacts.get(email.toLowerCase()) ?? null,

    createContact(data) {
      const email = data.email.toLowerCase();
      const account = accounts.get(domainOf(email)) ?? null;
      const contact: Contact = { record: record({ ...data, email, account }), email, account };
      contacts.set(email, contact);
      newContacts.push(contact);
      return contact;
    },

    heardFrom(contact) {
      if (contact.record.id === undefined || contact.record.data.undeliverable !== true) return;
      contact.record.data.undeliverable = false;
      alive.push(contact);
    },

    delivery: (messageId) => threads.deliveries.get(messageId) ?? null,

    ticketOfSentIds: (messageIds) => lastIn(bySentId, messageIds),
    ticketOfReceivedIds: (messageIds) => lastIn(byReceivedId, messageIds),

    async ticketOfNumber(ticketNumber) {
      const key = ticketNumber.toUpperCase();
      if (!byNumber.has(key)) {
        const [found] = await loadTickets([{ ticketNumber: { $eqi: ticketNumber } }]);
        byNumber.set(key, found ? remaining(found) : null);
      }
      return byNumber.get(key)!;
    },

    async ticketOfSubject(subjectKey, contact) {
      if (!subjectKey) return null;
      const key = `${contact.email}\n${subjectKey}`;
      if (!bySubject.has(key)) {
        const found = contact.record.id ? await loadTickets([{ subjectKey, contact: { id: contact.record.id } }]) : [];
        bySubject.set(key, found[0] ? remaining(found[0]) : null);
      }
      return bySubject.get(key)!;
    },

    createTicket(data) {
      const ticket: Ticket = {
        record: record({}),
        ticketNumber: null,
        title: data.title,
        ticketStatus: (data.attributes.ticketStatus as string) ?? 'Open',
        contact: data.contact,
        account: data.account,
        participants: data.participants,
        threadToken: newThreadToken(),
        subjectKey: data.subjectKey,
        mergedInto: null,
        splitFrom: null,
        changes: {},
        isNew: true,
      };
      newTickets.push({ ticket, data });
      if (data.contact && data.subjectKey) bySubject.set(`${data.contact.email}\n${data.subjectKey}`, ticket);
      return ticket;
    },

    log: (ticket, kind, detail) => void newEntries.push({ ticket, kind, detail }),

    updateTicket(ticket, changes) {
      for (const [kind, attribute] of Object.entries(LOGGED_CHANGES)) {
        const [from, to] = [ticket.record.data[attribute], changes[attribute]];
        if (ticket.record.id !== undefined && to !== undefined && to !== from)
          newEntries.push({ ticket, kind: kind as ActivityKind, detail: { from, to } });
        if (ticket.record.id !== undefined && to !== undefined) ticket.record.data[attribute] = to;
      }
      if (typeof changes.ticketStatus === 'string') ticket.ticketStatus = changes.ticketStatus;
      if (Array.isArray(changes.participants)) ticket.participants = changes.participants;
      if (ticket.record.id === undefined) {
        const pending = newTickets.find((entry) => entry.ticket === ticket);
        Object.assign(pending!.data.attributes, changes);
      } else {
        Object.assign(ticket.changes, changes);
        changed.add(ticket);
      }
    },

    recentEmails: (ticket, sender) => ({
      fromSender: recent.get(recentKey(ticket.record.documentId, sender)) ?? 0,
      inAll: recent.get(ticket.record.documentId) ?? 0,
    }),

    addComment(ticket, data, author, attachments) {
      if (data.source === 'email') countRecent(recent, ticket.record.documentId, String(data.authorAddress));
      const comment: Comment = { record: record({}), ticket, attachments };
      newComments.push({ comment, data, author });
      // Of two emails with one Message-ID the first is the original.
      if (typeof data.messageId === 'string' && !byReceivedId.has(data.messageId)) byReceivedId.set(data.messageId, ticket);
      return comment;
    },

    flush: () =>
      actAs(actor, async () => {
        await writeContacts();
        await writeTickets();
        await writeComments();
        await writeLog();
      }),

    discardFiles: () => deleteFiles(strapi, written),
  };

  async function writeContacts() {
    const pending = newContacts;
    newContacts = [];
    await createRecords(
      strapi,
      UID.contact,
      pending.map((contact) => contact.record),
    );
    const changes = alive.splice(0).map(({ record: { id, documentId } }) => ({ id: id!, documentId, data: { undeliverable: false } }));
    if (changes.length > 0) await updateRecords(strapi, UID.contact, changes);
  }

  async function writeTickets() {
    const pending = newTickets;
    newTickets = [];
    if (pending.length > 0) {
      const ticketNumbers = await takeTicketNumbers(strapi, pending.length);
      for (const [index, { ticket, data }] of pending.entries()) {
        ticket.ticketNumber = ticketNumbers[index];
        byNumber.set(ticket.ticketNumber.toUpperCase(), ticket);
        ticket.record.data = {
          title: data.title,
          description: data.description,
          subjectKey: data.subjectKey,
          participants: data.participants,
          threadToken: ticket.threadToken,
          lastActivityAt: now,
          ...data.attributes,
          ticketNumber: ticket.ticketNumber,
          contact: data.contact?.record.id ?? null,
          account: data.account,
          related: data.related?.record.id ?? null,
        };
      }
      await createRecords(
        strapi,
        UID.ticket,
        pending.map(({ ticket }) => ticket.record),
      );
      for (const { ticket } of pending) tickets.set(ticket.record.id!, ticket);
    }
    await updateRecords(
      strapi,
      UID.ticket,
      [...changed].map((ticket) => ({ id: ticket.record.id!, documentId: ticket.record.documentId, data: ticket.changes })),
    );
    for (const ticket of changed) ticket.changes = {};
    changed.clear();
  }

  async function writeLog() {
    const pending = newEntries;
    newEntries = [];
    await noteActivities(
      strapi,
      pending.map(({ ticket, kind, detail }): Activity => ({ ticket: ticket.record.id!, kind, detail })),
      actor,
    );
  }

  async function writeComments() {
    const pending = newComments;
    newComments = [];
    for (const { comment, data, author } of pending) {
      comment.record.data = { ...data, ticket: comment.ticket.record.id, contact: author?.record.id ?? null };
    }
    await createRecords(
      strapi,
      UID.comment,
      pending.map(({ comment }) => comment.record),
    );
    const rows = [];
    const pictures = await repeatedPictures(
      strapi,
      pending.flatMap(({ comment }) => comment.attachments),
    );
    for (const { comment, data } of pending) {
      const sender = { authorAddress: String(data.authorAddress ?? ''), ticket: comment.ticket.record.documentId };
      const own = [];
      for (const attachment of comment.attachments) {
        const { content, ...columns } = attachment;
        const repeated = pictures.find(attachment, sender);
        const key = repeated?.key ?? (await saveFile(strapi, content));
        if (key !== repeated?.key) written.push(key);
        own.push({ attachment, key });
        rows.push({ ...columns, key, storage: 'private', repeated: repeated !== null, comment: comment.record.id });
      }
      for (const { attachment, key } of own) pictures.add(attachment, sender, key);
    }
    if (rows.length > 0) await strapi.db.query(UID.attachment).createMany({ data: rows as never });
  }
}

/** What a rule or an answer may change of a ticket and its log tells; known without a query. */
const LOGGED_CHANGES = { status: 'ticketStatus', priority: 'priority' } as const;

/** 128 bits that nobody can guess; lower-case hex survives mail servers that change the case of an id. */
export function newThreadToken(): string {
  return takeRandomBytes(16).toString('hex');
}

async function findContacts(strapi: Core.Strapi, emails: string[]): Promise<Map<string, Contact>> {
  if (emails.length === 0) return new Map();
  const rows = await strapi.db.query(UID.contact).findMany({
    where: { email: { $in: [...new Set(emails.map((email) => email.toLowerCase()))] } },
    populate: { account: { select: ['id'] } },
  });
  return new Map(rows.map((row) => [row.email, contactFrom(row)]));
}

async function findAccounts(strapi: Core.Strapi, domains: string[]): Promise<Map<string, number>> {
  const named = [...new Set(domains)].filter(Boolean);
  if (named.length === 0) return new Map();
  const rows = await strapi.db
    .query(UID.account)
    .findMany({ select: ['id', 'domain'], where: { domain: { $in: named } }, orderBy: { id: 'desc' } });
  return new Map(rows.map(({ id, domain }) => [domain, id]));
}

const recentKey = (ticket: string, sender: string): string => `${ticket}\n${sender}`;

function countRecent(recent: Map<string, number>, ticket: string, sender: string): void {
  for (const key of [ticket, recentKey(ticket, sender)]) recent.set(key, (recent.get(key) ?? 0) + 1);
}

/** More than enough to know that it is too many. */
const MOST_RECENT = 2000;

/** Emails of the last hour by ticket, and by ticket and sender. The ledger knows when they came in. */
async function findRecent(strapi: Core.Strapi, senders: string[]): Promise<Map<string, number>> {
  const recent = new Map<string, number>();
  if (senders.length === 0) return recent;
  const rows = await strapi.db.query(UID.message).findMany({
    select: ['fromAddress'],
    where: { fromAddress: { $in: senders }, receivedAt: { $gt: new Date(Date.now() - RECENT_MS) }, outcome: 'processed' },
    populate: { ticket: { select: ['documentId'] } },
    orderBy: { id: 'desc' },
    limit: MOST_RECENT,
  });
  for (const { fromAddress, ticket } of rows) if (ticket) countRecent(recent, ticket.documentId, fromAddress);
  return recent;
}

interface Threads {
  /** Tickets by Message-IDs of ours: by their token, or as the outbox noted them. */
  sent: Map<string, number>;
  /** Tickets by Message-IDs of emails that came in. */
  received: Map<string, number>;
  deliveries: Map<string, Delivery>;
}

/** What we know of these Message-IDs. */
async function findThreads(strapi: Core.Strapi, messageIds: string[]): Promise<Threads> {
  const ids = [...new Set(messageIds)];
  const threads: Threads = { sent: new Map(), received: new Map(), deliveries: new Map() };
  if (ids.length === 0) return threads;
  const tokens = [...new Set(ids.map(tokenOf).filter((token) => token !== null))];
  const where = { messageId: { $in: ids } };
  const populate = { ticket: { select: ['id'] } };
  if (tokens.length > 0) {
    const rows = await strapi.db.query(UID.ticket).findMany({ select: ['id', 'threadToken'], where: { threadToken: { $in: tokens } } });
    const byToken = new Map(rows.map(({ id, threadToken }) => [threadToken, id]));
    for (const id of ids) if (byToken.has(tokenOf(id))) threads.sent.set(id, byToken.get(tokenOf(id)));
  }
  // Newest first, so that the original is what stays of several emails with one Message-ID.
  for (const { messageId, ticket } of await strapi.db
    .query(UID.comment)
    .findMany({ select: ['messageId'], where, populate, orderBy: { id: 'desc' } })) {
    if (ticket) threads.received.set(messageId, ticket.id);
  }
  for (const row of await strapi.db.query(UID.delivery).findMany({ select: ['id', 'messageId', 'to', 'cc'], where, populate })) {
    threads.deliveries.set(row.messageId, { id: row.id, ticket: row.ticket?.id ?? null, to: addressesIn(row.to), cc: addressesIn(row.cc) });
    if (row.ticket) threads.sent.set(row.messageId, row.ticket.id);
  }
  return threads;
}

const addressesIn = (list: unknown): string[] =>
  Array.isArray(list) ? list.map(({ address }: { address: string }) => address.toLowerCase()) : [];

/** What the map has for the last of these keys that it knows. */
function lastIn<T>(map: Map<string, T>, keys: string[]): T | null {
  const known = keys.findLast((key) => map.has(key));
  return known === undefined ? null : map.get(known)!;
}

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();

const isEmptyIn = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && '$in' in value && Array.isArray(value.$in) && value.$in.length === 0;

/** The thread token in a Message-ID of ours (`token@domain` or `token.random@domain`), or null. */
export function tokenOf(messageId: string): string | null {
  return /^([0-9a-f]{32})(?:\.[0-9a-f]+)?@/i.exec(messageId)?.[1].toLowerCase() ?? null;
}

interface ContactRow {
  id: number;
  documentId: string;
  email: string;
  account?: { id: number } | null;
}

const contactFrom = (row: ContactRow): Contact => ({
  record: { id: row.id, documentId: row.documentId, data: { ...row } },
  email: row.email,
  account: row.account?.id ?? null,
});

function ticketFrom(row: Record<string, any>, contacts: Map<number, Contact>): Ticket {
  return {
    record: { id: row.id, documentId: row.documentId, data: row },
    ticketNumber: row.ticketNumber,
    title: row.title,
    ticketStatus: row.ticketStatus,
    contact: row.contact ? (contacts.get(row.contact.id) ?? contactFrom(row.contact)) : null,
    account: row.account?.id ?? null,
    participants: Array.isArray(row.participants) ? row.participants.filter((address: unknown) => typeof address === 'string') : [],
    threadToken: row.threadToken ?? '',
    subjectKey: row.subjectKey ?? '',
    mergedInto: row.mergedInto?.id ?? null,
    splitFrom: row.splitFrom?.id ?? null,
    changes: {},
    isNew: false,
  };
}
