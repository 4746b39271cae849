import type { Core } from '@strapi/strapi';
import { UID } from '../uids';

/** How many emails a ticket got lately, so that two machines that answer each other are noticed. */

/** How long ago "lately" is. */
export const RECENT_MS = 3_600_000;

/** More than enough to know that it is too many. */
const MOST_RECENT = 2000;

/** `ticket` is a documentId, which a ticket has before it is written. */
export interface RecentEmails {
  /** From that sender, and in all. */
  of(ticket: string, sender: string): { fromSender: number; inAll: number };
  /** Counts one that came in just now. */
  add(ticket: string, sender: string): void;
}

/** Looks up what these senders sent, by one query. The ledger knows when it came in. */
export async function openRecentEmails(strapi: Core.Strapi, senders: Iterable<string>): Promise<RecentEmails> {
  const counts = new Map<string, number>();
  const recent: RecentEmails = {
    of: (ticket, sender) => ({ fromSender: counts.get(keyOf(ticket, sender)) ?? 0, inAll: counts.get(ticket) ?? 0 }),
    add(ticket, sender) {
      for (const key of [ticket, keyOf(ticket, sender)]) counts.set(key, (counts.get(key) ?? 0) + 1);
    },
  };
  for (const { fromAddress, ticket } of await findRecent(strapi, [...new Set(senders)]))
    if (ticket) recent.add(ticket.documentId, fromAddress);
  return recent;
}

const keyOf = (ticket: string, sender: string): string => `${ticket}\n${sender}`;

async function findRecent(strapi: Core.Strapi, senders: string[]): Promise<{ fromAddress: string; ticket?: { documentId: string } }[]> {
  if (senders.length === 0) return [];
  return strapi.db.query(UID.message).findMany({
    select: ['fromAddress'],
    where: { fromAddress: { $in: senders }, receivedAt: { $gt: new Date(Date.now() - RECENT_MS) }, outcome: 'processed' },
    populate: { ticket: { select: ['documentId'] } },
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
  const where = { ticket: { id: ticket }, outcome: 'processed', receivedAt: { $gt: date }, fromAddress: { $notIn: [...own] } };
  return (await strapi.db.query(UID.message).findOne({ select: ['id'], where: where as never })) !== null;
}
