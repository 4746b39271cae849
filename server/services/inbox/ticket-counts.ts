import type { Core } from '@strapi/strapi';
import { linkTable } from '../platform/links';
import { afterCommit } from '../platform/after-commit';
import { whereAsleep } from '../helpdesk/snooze';
import { UID } from '../uids';

/** How many tickets of one status one administrator has, or nobody. Those that are put off are counted by themselves. */
export interface TicketCount {
  status: string;
  assignee: number | null;
  asleep: boolean;
  count: number;
}

/** Every agent's panel asks for the numbers, again and again; they are counted at most so often on each instance, and after a change of its own. */
const KEPT_MS = 10_000;

const kept = new WeakMap<Core.Strapi, { counts: Promise<TicketCount[]>; until: number }>();

interface Asleep {
  status: string;
  assignee: number | null;
  /** Null: nobody knows when. */
  until: Date | null;
}

/** All tickets by status and assignee, in one query for all who ask. */
export function ticketCounts(strapi: Core.Strapi): Promise<TicketCount[]> {
  const known = kept.get(strapi);
  const left = known ? known.until - Date.now() : 0;
  // More than that is left where the clock has gone back.
  if (known && left > 0 && left <= KEPT_MS) return known.counts;
  const entry = { counts: Promise.resolve<TicketCount[]>([]), until: Date.now() + KEPT_MS };
  entry.counts = countAll(strapi, (back) => {
    entry.until = Math.min(entry.until, back.getTime());
  });
  kept.set(strapi, entry);
  entry.counts.catch(() => kept.delete(strapi));
  return entry.counts;
}

/** Says when the next ticket is back: from then on the numbers are others. */
async function countAll(strapi: Core.Strapi, onBack: (next: Date) => void): Promise<TicketCount[]> {
  const asleep = await ticketsAsleep(strapi);
  const [next] = asleep.flatMap(({ until }) => until ?? []).sort((one, other) => one.getTime() - other.getTime());
  if (next) onBack(next);
  const counts = await countTickets(strapi);
  for (const { status, assignee } of asleep) {
    const among = counts.find((each) => !each.asleep && each.status === status && each.assignee === assignee);
    // One that was changed between the two questions is counted anew in a moment.
    if (!among || among.count === 0) continue;
    among.count -= 1;
    const own = counts.find((each) => each.asleep && each.status === status && each.assignee === assignee);
    if (own) own.count += 1;
    else counts.push({ status, assignee, asleep: true, count: 1 });
  }
  return counts;
}

/** They are few, and found by an index: what is counted of all others is not asked whether it is put off. */
async function ticketsAsleep(strapi: Core.Strapi): Promise<Asleep[]> {
  const rows = await strapi.db.query(UID.ticket).findMany({
    select: ['id', 'ticketStatus', 'snoozedUntil'],
    where: whereAsleep() as never,
    populate: { assignee: { select: ['id'] } },
  });
  return rows.map(({ ticketStatus, snoozedUntil, assignee }: any) => ({
    status: ticketStatus,
    assignee: assignee?.id ?? null,
    until: snoozedUntil && new Date(snoozedUntil),
  }));
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
    asleep: false,
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
