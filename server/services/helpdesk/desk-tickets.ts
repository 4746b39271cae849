import type { Core } from '@strapi/strapi';
import { letOthersRun } from '../lib/let-others-run';
import { inPieces } from '../lib/pieces';
import { addLinked } from '../storage/linked';
import { columnsBut } from '../storage/long-columns';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { ticketFrom, type Contact, type Ticket } from './desk-records';
import type { Threads } from './desk-threads';
import { STATUS_REF } from './statuses';
import { ChangedMeanwhile, holdTickets, type HeldTicket } from './merged';

/**
 * The tickets that a batch of emails may be about, each held so that nobody merges it before the batch is written. Whatever is looked
 * up: of a merged ticket, the one that it was merged into is found.
 */
export interface DeskTickets {
  /** How many tickets are held by now. */
  count(): number;
  ofSentIds(messageIds: string[]): Ticket | null;
  /** All that hold an email with that Message-ID, the original first. */
  ofReceivedId(messageId: string): Ticket[];
  ofId(id: number): Promise<Ticket | null>;
  ofDocument(documentId: string): Promise<Ticket | null>;
  ofNumber(ticketNumber: string): Promise<Ticket | null>;
  ofSubject(subjectKey: string, contact: Contact): Promise<Ticket | null>;
  /** From now on this new ticket is the newest of its contact about its subject. */
  noteNew(ticket: Ticket): void;
  /** It has a number and an id now. */
  noteWritten(ticket: Ticket): void;
  /** An email with that Message-ID has joined the ticket. */
  noteReceived(messageId: string, ticket: Ticket): void;
}

interface KnownTicket {
  threads: Threads;
  ticketNumbers: Iterable<string>;
  contacts: ReadonlyMap<number, Contact>;
}

/** Loads the tickets of these threads and numbers together; others when they are asked for. Throws ChangedMeanwhile, now and later. */
export async function openTickets(strapi: Core.Strapi, { threads, ticketNumbers, contacts }: KnownTicket): Promise<DeskTickets> {
  const { byId, load, remaining } = ticketLoader(strapi, contacts);
  const byNumber = new Map<string, Ticket | null>();
  const bySubject = new Map<string, Ticket | null>();

  const numbers = new Set([...ticketNumbers].flatMap((number) => [number, number.toUpperCase()]));
  const ids = new Set([...threads.sent.values(), ...[...threads.received.values()].flat()]);
  for (const id of await idsOfNumbers(strapi, [...numbers])) ids.add(id);
  await letOthersRun();
  // In one order for everybody: see holdTickets.
  const found: Ticket[] = [];
  for (const some of inPieces([...ids].sort((one, other) => one - other))) found.push(...(await load([{ id: { $in: some } }])));
  for (const ticket of found) byNumber.set(ticket.ticketNumber!.toUpperCase(), remaining(ticket));

  const remainingOf = (tickets: number[]): Ticket[] => [
    ...new Set(tickets.flatMap((id) => (byId.has(id) ? [remaining(byId.get(id)!)] : []))),
  ];
  const bySentId = new Map([...threads.sent].flatMap(([messageId, id]) => remainingOf([id]).map((ticket) => [messageId, ticket] as const)));
  const byReceivedId = new Map([...threads.received].map(([messageId, tickets]) => [messageId, remainingOf(tickets)]));

  return {
    count: () => byId.size,
    ofSentIds: (messageIds) => lastIn(bySentId, messageIds),
    ofReceivedId: (messageId) => byReceivedId.get(messageId) ?? [],

    async ofDocument(documentId) {
      const known = [...byId.values()].find(({ record }) => record.documentId === documentId);
      const [ticket] = known ? [known] : await load([{ documentId }]);
      return ticket ? remaining(ticket) : null;
    },

    async ofId(id) {
      if (!byId.has(id)) await load([{ id }]);
      return byId.has(id) ? remaining(byId.get(id)!) : null;
    },

    async ofNumber(ticketNumber) {
      const key = ticketNumber.toUpperCase();
      if (!byNumber.has(key)) {
        const [ticket] = await load([{ ticketNumber: { $eqi: ticketNumber } }]);
        byNumber.set(key, ticket ? remaining(ticket) : null);
      }
      return byNumber.get(key)!;
    },

    async ofSubject(subjectKey, contact) {
      if (!subjectKey) return null;
      const key = subjectOf(contact, subjectKey);
      if (!bySubject.has(key)) {
        const [ticket] = contact.record.id ? await load([{ subjectKey, contact: { id: contact.record.id } }]) : [];
        bySubject.set(key, ticket ? remaining(ticket) : null);
      }
      return bySubject.get(key)!;
    },

    noteNew(ticket) {
      if (ticket.contact && ticket.subjectKey) bySubject.set(subjectOf(ticket.contact, ticket.subjectKey), ticket);
    },

    noteWritten(ticket) {
      byId.set(ticket.record.id!, ticket);
      byNumber.set(ticket.ticketNumber!.toUpperCase(), ticket);
    },

    noteReceived(messageId, ticket) {
      const known = byReceivedId.get(messageId) ?? [];
      if (!known.includes(ticket)) byReceivedId.set(messageId, [...known, ticket]);
    },
  };
}

async function idsOfNumbers(strapi: Core.Strapi, numbers: string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const some of inPieces(numbers)) {
    const rows = await strapi.db.query(UID.ticket).findMany({ select: ['id'], where: { ticketNumber: { $in: some } } });
    ids.push(...rows.map(({ id }): number => id));
  }
  return ids;
}

const subjectOf = (contact: Contact, subjectKey: string): string => `${contact.email}\n${subjectKey}`;

/** What the map has for the last of these keys that it knows. */
function lastIn<T>(map: Map<string, T>, keys: string[]): T | null {
  const known = keys.findLast((key) => map.has(key));
  return known === undefined ? null : map.get(known)!;
}

// ---- Loading

interface TicketLoader {
  /** All that was loaded so far. */
  byId: Map<number, Ticket>;
  /** Tickets that fulfil one of the conditions, newest first; a condition with an empty list finds nothing. Throws ChangedMeanwhile. */
  load(conditions: Record<string, unknown>[]): Promise<Ticket[]>;
  /** Where the conversation of a loaded ticket goes on. */
  remaining(ticket: Ticket): Ticket;
}

const RELATIONS = {
  contact: { populate: { account: { select: ['id'] } } },
  helpdeskTeam: { select: ['id'] },
  mergedInto: { select: ['id'] },
  splitFrom: { select: ['id'] },
  // By a statement only where one of the tickets has one.
  helpdeskStatus: { select: STATUS_REF },
} as const;

const LINKED = { account: { select: ['id'] }, assignee: { select: ['id'] }, scanner: { select: ['id'] } };

const isAsRead = ({ record, mergedInto }: Ticket, held: HeldTicket | undefined): boolean =>
  held?.mergedInto === mergedInto && held.updatedAt.getTime() === new Date(record.data.updatedAt as string).getTime();

/** Reads each ticket once, and with it those that it was merged into. */
function ticketLoader(strapi: Core.Strapi, contacts: ReadonlyMap<number, Contact>): TicketLoader {
  const byId = new Map<number, Ticket>();
  const select = columnsBut(strapi, UID.ticket, ['description']);

  async function load(conditions: Record<string, unknown>[]): Promise<Ticket[]> {
    const possible = conditions.filter((condition) => !Object.values(condition).some(isEmptyIn));
    if (possible.length === 0) return [];
    const rows = await rowsOf(strapi, UID.ticket).findMany({
      select,
      where: { $or: possible },
      orderBy: { id: 'desc' },
      populate: RELATIONS,
    });
    await letOthersRun();
    await addLinked(strapi, UID.ticket, rows, LINKED);
    const fresh = rows.filter(({ id }) => !byId.has(id));
    for (const row of fresh) byId.set(row.id, ticketFrom(row, contacts));
    await followMerges(fresh.map(({ id }) => byId.get(id)!));
    return rows.map(({ id }) => byId.get(id)!);
  }

  /** Sees to it that nobody changes or merges these tickets before the batch is written, and loads those that they were merged into. */
  async function followMerges(loaded: Ticket[]): Promise<void> {
    const ids = loaded.map(({ record }) => record.id!);
    const held = await holdTickets(strapi, ids);
    if (held && loaded.some((ticket) => !isAsRead(ticket, held.get(ticket.record.id!)))) throw new ChangedMeanwhile();
    const missing = loaded.flatMap(({ mergedInto }) => (mergedInto === null || byId.has(mergedInto) ? [] : [mergedInto]));
    await load([{ id: { $in: [...new Set(missing)] } }]);
  }

  function remaining(ticket: Ticket): Ticket {
    const passed = new Set<Ticket>();
    let current = ticket;
    while (current.mergedInto !== null && byId.has(current.mergedInto) && !passed.has(current)) {
      passed.add(current);
      current = byId.get(current.mergedInto)!;
    }
    return current;
  }

  return { byId, load, remaining };
}

const isEmptyIn = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && '$in' in value && Array.isArray(value.$in) && value.$in.length === 0;
