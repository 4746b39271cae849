import type { Core } from '@strapi/strapi';
import { columnQuery } from '../platform/queries';
import { rowsOf } from '../storage/rows';
import { inTransaction } from '../storage/tables';
import { UID } from '../uids';
import type { Ticket } from './desk-records';

/** How many emails a ticket got lately, so that two machines that answer each other are noticed. */

/** How long ago "lately" is. */
export const RECENT_MS = 3_600_000;

/** More than enough to know that it is too many. */
const MOST_RECENT = 2000;

interface RecentEmails {
  /** From that sender, and in all. */
  of(ticket: Ticket, sender: string): { fromSender: number; inAll: number };
  /** Counts one that came in just now. */
  add(ticket: Ticket, sender: string): void;
  /** Whether `count` tickets were opened for this customer, by emails of this sender among others. */
  hasOpened(customer: string, sender: string, count: number): Promise<boolean>;
  /** The documentId of the one that gathers what is more than the limit; null when there is none yet. To be asked behind `hasOpened`. */
  gathering(customer: string): string | null;
  /** Notes a ticket that was opened just now. */
  noteOpened(customer: string, ticket: Ticket, gathers: boolean): void;
}

/** How a comment tells that its email is one of very many by which its sender would have opened tickets. */
export const GATHERED = 'newTicketLimit';

/** Looks up what these senders sent, by one query. The ledger knows when it came in. */
export async function openRecentEmails(strapi: Core.Strapi, senders: Iterable<string>): Promise<RecentEmails> {
  const counts = new Map<string | number, number>();
  const wrote = new Map<string, number>();
  const opened = new Map<string, Set<string>>();
  const gathering = new Map<string, string>();
  const countOne = (ticket: string | number, sender: string) => {
    for (const key of [ticket, keyOf(ticket, sender)]) counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  const noteOpened = (customer: string, ticket: string, gathers: boolean) => {
    const tickets = opened.get(customer);
    if (tickets) tickets.add(ticket);
    else opened.set(customer, new Set([ticket]));
    if (gathers) gathering.set(customer, ticket);
  };
  for (const { sender, ticket } of await findRecent(strapi, [...new Set(senders)])) {
    countOne(ticket, sender);
    wrote.set(sender, (wrote.get(sender) ?? 0) + 1);
  }
  return {
    of: (ticket, sender) => ({
      fromSender: counts.get(keyOf(idOf(ticket), sender)) ?? 0,
      inAll: counts.get(idOf(ticket)) ?? 0,
    }),
    add: (ticket, sender) => countOne(idOf(ticket), sender),
    async hasOpened(customer, sender, count) {
      const number = () => opened.get(customer)?.size ?? 0;
      // Which of them opened tickets is asked of few senders: nearly all wrote less than that.
      if (number() + (wrote.get(sender) ?? 0) < count) return false;
      if (wrote.delete(sender))
        for (const found of await findOpened(strapi, sender)) noteOpened(found.customer, found.ticket, found.gathers);
      return number() >= count;
    },
    gathering: (customer) => gathering.get(customer) ?? null,
    noteOpened: (customer, { record }, gathers) => noteOpened(customer, record.documentId, gathers),
  };
}

/** As the ledger knows a ticket; one that this batch opens has no row yet. */
const idOf = ({ record, isNew }: Ticket): string | number => (isNew ? record.documentId : record.id!);

const keyOf = (ticket: string | number, sender: string): string => `${ticket}\n${sender}`;

/** Written as an equality, SQLite without statistics takes the index on outcome, and reads nearly the whole ledger for each batch. */
const IS_PROCESSED = { $not: { $ne: 'processed' } };

const recentFrom = (senders: string[]) => ({
  where: { fromAddress: { $in: senders }, receivedAt: { $gt: new Date(Date.now() - RECENT_MS) }, outcome: IS_PROCESSED },
  orderBy: { id: 'desc' },
  limit: MOST_RECENT,
});

/** The tickets, by their ids. Read without Strapi's `populate`, which would read all tickets, comments and contacts of them for each batch. */
async function findRecent(strapi: Core.Strapi, senders: string[]): Promise<{ sender: string; ticket: number }[]> {
  if (senders.length === 0) return [];
  const query = columnQuery(strapi, UID.message, recentFrom(senders), { sender: 'from_address', ticket: 'ticket_id' });
  const rows: { sender: string; ticket: number | null }[] = await inTransaction(strapi, async (trx) => query.transacting(trx));
  return rows.flatMap(({ sender, ticket }) => (ticket === null ? [] : [{ sender, ticket: Number(ticket) }]));
}

interface Opened {
  customer: string;
  /** Its documentId. */
  ticket: string;
  gathers: boolean;
}

/** Which tickets emails of this sender opened. */
async function findOpened(strapi: Core.Strapi, sender: string): Promise<Opened[]> {
  const rows = await rowsOf(strapi, UID.message).findMany({
    ...recentFrom([sender]),
    select: ['fromAddress'],
    populate: { ticket: { select: ['documentId'], populate: { contact: { select: ['email'] } } }, comment: { select: ['matchedBy'] } },
  });
  // Newest first, so that the last one noted is the first that gathers.
  return rows.flatMap(({ ticket, comment }) => {
    if (!ticket || (comment?.matchedBy !== 'new' && comment?.matchedBy !== GATHERED)) return [];
    return [{ customer: ticket.contact?.email ?? sender, ticket: ticket.documentId, gathers: comment.matchedBy === GATHERED }];
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
