import type { Core } from '@strapi/strapi';
import { UID } from '../uids';

/** How many emails a ticket got lately, so that two machines that answer each other are noticed. */

/** How long ago "lately" is. */
export const RECENT_MS = 3_600_000;

/** More than enough to know that it is too many. */
const MOST_RECENT = 2000;

/** `ticket` is a documentId, which a ticket has before it is written. */
interface RecentEmails {
  /** From that sender, and in all. */
  of(ticket: string, sender: string): { fromSender: number; inAll: number };
  /** Counts one that came in just now. */
  add(ticket: string, sender: string): void;
  /** How many tickets were opened for this customer. */
  opened(customer: string): number;
  /** The documentId of the one that gathers what is more than the limit; null when there is none yet. */
  gathering(customer: string): string | null;
  /** Notes a ticket that was opened just now. */
  noteOpened(customer: string, ticket: string, gathers: boolean): void;
}

/** How a comment tells that its email is one of very many by which its sender would have opened tickets. */
export const GATHERED = 'newTicketLimit';

/** Looks up what these senders sent, by one query. The ledger knows when it came in. */
export async function openRecentEmails(strapi: Core.Strapi, senders: Iterable<string>): Promise<RecentEmails> {
  const counts = new Map<string, number>();
  const opened = new Map<string, Set<string>>();
  const gathering = new Map<string, string>();
  const recent: RecentEmails = {
    of: (ticket, sender) => ({ fromSender: counts.get(keyOf(ticket, sender)) ?? 0, inAll: counts.get(ticket) ?? 0 }),
    add(ticket, sender) {
      for (const key of [ticket, keyOf(ticket, sender)]) counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    opened: (customer) => opened.get(customer)?.size ?? 0,
    gathering: (customer) => gathering.get(customer) ?? null,
    noteOpened(customer, ticket, gathers) {
      const tickets = opened.get(customer);
      if (tickets) tickets.add(ticket);
      else opened.set(customer, new Set([ticket]));
      if (gathers) gathering.set(customer, ticket);
    },
  };
  // Newest first, so that the last one noted is the first that gathers.
  for (const { fromAddress, ticket, comment } of await findRecent(strapi, [...new Set(senders)])) {
    if (!ticket) continue;
    recent.add(ticket.documentId, fromAddress);
    if (comment?.matchedBy === 'new' || comment?.matchedBy === GATHERED)
      recent.noteOpened(ticket.contact?.email ?? fromAddress, ticket.documentId, comment.matchedBy === GATHERED);
  }
  return recent;
}

const keyOf = (ticket: string, sender: string): string => `${ticket}\n${sender}`;

interface RecentRow {
  fromAddress: string;
  ticket?: { documentId: string; contact?: { email: string } | null };
  comment?: { matchedBy: string | null } | null;
}

/** Written as an equality, SQLite without statistics takes the index on outcome, and reads nearly the whole ledger for each batch. */
const IS_PROCESSED = { $not: { $ne: 'processed' } };

async function findRecent(strapi: Core.Strapi, senders: string[]): Promise<RecentRow[]> {
  if (senders.length === 0) return [];
  return strapi.db.query(UID.message).findMany({
    select: ['fromAddress'],
    where: { fromAddress: { $in: senders }, receivedAt: { $gt: new Date(Date.now() - RECENT_MS) }, outcome: IS_PROCESSED },
    populate: { ticket: { select: ['documentId'], populate: { contact: { select: ['email'] } } }, comment: { select: ['matchedBy'] } },
    orderBy: { id: 'desc' },
    limit: MOST_RECENT,
  });
}

/** Whether an email of somebody else than ourselves came to this ticket after that moment. */
export async function wroteAfter(
  strapi: Core.Strapi,
  ticket: number | undefined,
  date: Date | null,
  own: ReadonlySet<string>,
): Promise<boolean> {
  if (ticket === undefined || date === null) return false;
  const where = {
    ticket: { id: ticket },
    outcome: IS_PROCESSED,
    receivedAt: { $gt: date },
    fromAddress: { $notIn: [...own] },
  };
  return (await strapi.db.query(UID.message).findOne({ select: ['id'], where })) !== null;
}
