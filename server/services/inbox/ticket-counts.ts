import type { Core } from '@strapi/strapi';
import { linkTable } from '../platform/links';
import { afterCommit } from '../platform/after-commit';
import { whereAsleep } from '../helpdesk/snooze';
import { openStatuses } from '../helpdesk/statuses';
import { getSettings } from '../settings/settings';
import { COUNTED } from '../storage/pages';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { WITH_HOLDER, type Holder } from './viewer';
import { STATUS } from '../../../shared/vocabulary';

/**
 * How many tickets of one status one administrator has, or nobody, and one team, where tickets are seen by teams. Those that are put off are counted
 * by themselves.
 */
export interface TicketCount extends Holder {
  status: string;
  asleep: boolean;
  count: number;
}

/** Every agent's panel asks for the numbers, again and again; they are counted at most so often on each instance, and after a change of its own. */
const KEPT_MS = 10_000;

const kept = new WeakMap<Core.Strapi, { counts: Promise<TicketCount[]>; until: number }>();

interface Asleep extends Holder {
  status: string;
  /** Null: nobody knows when. */
  until: Date | null;
}

/** All tickets by status and holder, counted once for all who ask. */
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
  const byTeam = (await getSettings(strapi)).ticketsByTeam;
  const asleep = await ticketsAsleep(strapi, byTeam);
  const [next] = asleep.flatMap(({ until }) => until ?? []).sort((one, other) => one.getTime() - other.getTime());
  if (next) onBack(next);
  const counts = await (byTeam ? countWithTeams(strapi) : countTickets(strapi));
  for (const { status, assignee, team } of asleep) {
    const same = counts.filter((each) => each.status === status && each.assignee === assignee && each.team === team);
    const among = same.find((each) => !each.asleep);
    // One that was changed between the two questions is counted again in a moment.
    if (!among || among.count === 0) continue;
    among.count -= 1;
    const own = same.find((each) => each.asleep);
    if (own) own.count += 1;
    else counts.push({ status, assignee, team, asleep: true, count: 1 });
  }
  return counts;
}

/** They are few, and found by an index: what is counted of all others is not asked whether it is put off. */
async function ticketsAsleep(strapi: Core.Strapi, byTeam: boolean): Promise<Asleep[]> {
  const rows = await rowsOf(strapi, UID.ticket).findMany({
    select: ['id', 'ticketStatus', 'snoozedUntil'],
    where: whereAsleep(),
    populate: WITH_HOLDER,
  });
  return rows.map(({ ticketStatus, snoozedUntil, assignee, helpdeskTeam }) => ({
    status: ticketStatus,
    assignee: assignee?.id ?? null,
    team: byTeam ? (helpdeskTeam?.id ?? null) : undefined,
    until: snoozedUntil ? new Date(snoozedUntil) : null,
  }));
}

/** From now on tickets are counted again after each change that this instance commits, whatever door it comes through. */
export function recountOnChange(strapi: Core.Strapi): void {
  const recount = () => afterCommit(strapi, () => kept.delete(strapi));
  const recountAll = () =>
    afterCommit(strapi, () => {
      kept.delete(strapi);
      keptTotals.delete(strapi);
    });
  strapi.db.lifecycles.subscribe({
    models: [UID.ticket],
    afterCreate: recount,
    afterUpdate: recount,
    afterDelete: recountAll,
    afterDeleteMany: recountAll,
  });
}

/**
 * Nearly all tickets of an old helpdesk are closed, and to go through them with their assignees takes seconds where there are a million. So only
 * the others are gone through; the closed ones are what is left of two numbers that indexes alone tell.
 */
async function countTickets(strapi: Core.Strapi): Promise<TicketCount[]> {
  const { tableName } = strapi.db.metadata.get(UID.ticket);
  const { name: links, owner, target } = linkTable(strapi, UID.ticket, 'assignee');
  const status = 't.ticket_status';
  // The connection puts the schema before each table by itself, a joined one too.
  const others: Counted<{ status: string; assignee: number | null }>[] = await strapi.db
    .getConnection(`${tableName} as t`)
    .leftJoin(`${links} as a`, `a.${owner}`, 't.id')
    .whereIn(status, openStatuses(strapi))
    .groupBy(status, `a.${target}`)
    .select({ status, assignee: `a.${target}` })
    .count({ count: '*' });
  const { all, assigned } = await totalsOf(strapi);
  const open = others.map((row) => ({ ...row, team: undefined, asleep: false, count: Number(row.count) }));
  return [...open, ...closedOnes(open, assigned, all)];
}

/** Of all tickets, closed ones too. */
interface Totals {
  all: number;
  /** The id of the newest ticket that was counted. */
  newest: number;
  assigned: Map<number, number>;
  until: number;
}

/** Even an index of a million takes its time. Of so many, nobody looks at the last of them who has which closed one; all are counted on from the newest. */
const TOTALS_KEPT_MS = 600_000;
const keptTotals = new WeakMap<Core.Strapi, Totals>();

async function totalsOf(strapi: Core.Strapi): Promise<Pick<Totals, 'all' | 'assigned'>> {
  const tickets = () => strapi.db.getConnection(strapi.db.metadata.get(UID.ticket).tableName);
  const known = keptTotals.get(strapi);
  const left = known ? known.until - Date.now() : 0;
  if (known && left > 0 && left <= TOTALS_KEPT_MS) {
    const [{ count }]: Counted<object>[] = await tickets().where('id', '>', known.newest).count({ count: '*' });
    return { all: known.all + Number(count), assigned: known.assigned };
  }
  const { name: links, target } = linkTable(strapi, UID.ticket, 'assignee');
  const newest = Number((await tickets().orderBy('id', 'desc').first('id'))?.id ?? 0);
  const [{ count }]: Counted<object>[] = await tickets().where('id', '<=', newest).count({ count: '*' });
  const assigned: Counted<{ assignee: number }>[] = await strapi.db
    .getConnection(`${links} as a`)
    .groupBy(`a.${target}`)
    .select({ assignee: `a.${target}` })
    .count({ count: '*' });
  const totals = {
    all: Number(count),
    newest,
    assigned: new Map(assigned.map((row) => [row.assignee, Number(row.count)])),
    until: Date.now() + TOTALS_KEPT_MS,
  };
  if (totals.all > COUNTED) keptTotals.set(strapi, totals);
  return totals;
}

/** Who sees what depends on the team: all tickets are gone through, once for all who ask. */
async function countWithTeams(strapi: Core.Strapi): Promise<TicketCount[]> {
  const { name: links, owner, target } = linkTable(strapi, UID.ticket, 'assignee');
  const by = { status: 't.ticket_status', assignee: `a.${target}`, team: 't.helpdesk_team_id' };
  const rows: Counted<{ status: string } & Record<'assignee' | 'team', number | null>>[] = await strapi.db
    .getConnection(`${strapi.db.metadata.get(UID.ticket).tableName} as t`)
    .leftJoin(`${links} as a`, `a.${owner}`, 't.id')
    .groupBy(Object.values(by))
    .select(by)
    .count({ count: '*' });
  return rows.map((row) => ({ ...row, asleep: false, count: Number(row.count) }));
}

type Counted<T> = T & { count: number | string };

/** Of all tickets, and of those that each has, without those that are not closed. What changes between two counts shows in the next ones. */
function closedOnes(open: TicketCount[], assigned: Map<number, number>, all: number): TicketCount[] {
  const openOf = (whose: number | null) => open.reduce((sum, { assignee, count }) => (assignee === whose ? sum + count : sum), 0);
  const nobodys = all - [...assigned.values()].reduce((sum, count) => sum + count, 0);
  return [...assigned, [null, nobodys] as const].map(([assignee, count]) => ({
    status: STATUS.closed,
    assignee,
    team: undefined,
    asleep: false,
    count: Math.max(0, count - openOf(assignee)),
  }));
}

/**
 * How many tickets were opened from each of these moments to the next, the last one until now. The moments come from who asks,
 * because only they know where their days begin.
 */
export async function openedSince(strapi: Core.Strapi, starts: Date[], where: object): Promise<number[]> {
  const counts: number[] = [];
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1];
    const createdAt = { $gte: start, ...(next ? { $lt: next } : {}) };
    counts.push(await strapi.db.query(UID.ticket).count({ where: { $and: [where, { createdAt }] } }));
  }
  return counts;
}
