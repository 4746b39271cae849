import type { Core } from '@strapi/strapi';
import { linkTable } from '../platform/links';
import { afterCommit } from '../platform/after-commit';
import { UID } from '../uids';

/** How many tickets of one status one administrator has, or nobody. */
export interface TicketCount {
  status: string;
  assignee: number | null;
  count: number;
}

/** Every agent's panel asks for the numbers, again and again; they are counted at most so often on each instance, and after a change of its own. */
const KEPT_MS = 10_000;

const kept = new WeakMap<Core.Strapi, { counts: Promise<TicketCount[]>; until: number }>();

/** All tickets by status and assignee, in one query for all who ask. */
export function ticketCounts(strapi: Core.Strapi): Promise<TicketCount[]> {
  const known = kept.get(strapi);
  const left = known ? known.until - Date.now() : 0;
  // More than that is left where the clock has gone back.
  if (known && left > 0 && left <= KEPT_MS) return known.counts;
  const counts = countTickets(strapi);
  kept.set(strapi, { counts, until: Date.now() + KEPT_MS });
  counts.catch(() => kept.delete(strapi));
  return counts;
}

/** From now on tickets are counted anew after each change that this instance commits, whatever door it comes through. */
export function recountOnChange(strapi: Core.Strapi): void {
  const recount = () => afterCommit(strapi, () => kept.delete(strapi));
  strapi.db.lifecycles.subscribe({
    models: [UID.ticket],
    afterCreate: recount,
    afterUpdate: recount,
    afterDelete: recount,
    afterDeleteMany: recount,
  });
}

async function countTickets(strapi: Core.Strapi): Promise<TicketCount[]> {
  const { tableName } = strapi.db.metadata.get(UID.ticket);
  const assignees = linkTable(strapi, UID.ticket, 'assignee');
  // The connection puts the schema before each table by itself, a joined one too.
  const rows = await strapi.db
    .getConnection(`${tableName} as t`)
    .leftJoin(`${assignees.name} as a`, `a.${assignees.owner}`, 't.id')
    .groupBy('t.ticket_status', `a.${assignees.target}`)
    .select({ status: 't.ticket_status', assignee: `a.${assignees.target}` })
    .count({ count: '*' });
  return (rows as { status: string; assignee: number | null; count: number | string }[]).map((row) => ({
    ...row,
    count: Number(row.count),
  }));
}

/**
 * How many tickets were opened from each of these moments to the next, the last one until now. The moments come from who asks,
 * because only they know where their days begin.
 */
export async function openedSince(strapi: Core.Strapi, starts: Date[], where: object = {}): Promise<number[]> {
  const counts: number[] = [];
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1];
    const createdAt = { $gte: start, ...(next ? { $lt: next } : {}) };
    counts.push(await strapi.db.query(UID.ticket).count({ where: { $and: [where, { createdAt }] } as never }));
  }
  return counts;
}
