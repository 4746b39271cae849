import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { ServiceLevels } from '../../../shared/api/service-levels';
import { onUnmeasured } from '../helpdesk/unmeasured';
import { soon, type Soon } from '../lib/soon';
import { log } from '../log';
import { getServiceLevels } from '../settings/settings';
import { plainWords } from '../storage/failure';
import { insertValues } from '../storage/insert';
import { acquireLease, LeaseLost, type Lease } from '../storage/lease';
import { momentsById } from '../storage/moments';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { UID } from '../uids';
import { readFacts, type Measurable } from './facts';
import { withSnoozes, writeWaits } from './wait-rows';
import { waitsOf, type TicketWaits } from './waits';
import { dueNext, measured, roundsOf, type Clock, type MeasuredRound } from './rounds';

/**
 * Works out how long customers waited, of each ticket that has changed and once of all that were there before. One instance does it at a
 * time, from what the database has committed: however often a ticket is measured, it comes out the same.
 */

/** Small, so that SQLite keeps nobody waiting. */
const TICKETS_A_BATCH = 200;
const PAUSE_MS = 20;
/** How long one run works at most; what is left is for the next. */
const A_RUN_MS = 15_000;

/** Measures what has changed, and then what was never measured, until nothing is left or the time is up. */
export async function measureTimes(strapi: Core.Strapi): Promise<void> {
  // To take a lease is to write, and mostly there is nothing to measure.
  if (!(await isSomethingLeft(strapi))) return;
  const lease = await acquireLease(strapi, 'times');
  if (!lease) return;
  const until = Date.now() + A_RUN_MS;
  try {
    for (let count = 1; count > 0 && Date.now() < until; await sleep(PAUSE_MS)) {
      lease.signal.throwIfAborted();
      count = (await measureMarked(strapi, lease)) || (await measureNext(strapi, lease));
    }
  } finally {
    await lease.release();
  }
}

async function isSomethingLeft(strapi: Core.Strapi): Promise<boolean> {
  const marked = await readTable(strapi, TABLES.unmeasured, (table) => table.first('ticket_id'));
  return marked !== undefined || isMeasuring(strapi);
}

/** Resolves with how many tickets there were. */
const measureMarked = (strapi: Core.Strapi, lease: Lease): Promise<number> =>
  inTransaction(strapi, async (trx) => {
    await lease.confirm(trx);
    const table = () => tableIn(strapi, trx, TABLES.unmeasured);
    const marks: { ticket_id: number; mark: string }[] = await table()
      .orderBy('ticket_id')
      .limit(TICKETS_A_BATCH)
      .select('ticket_id', 'mark');
    if (marks.length === 0) return 0;
    const ids = marks.map(({ ticket_id }) => ticket_id);
    await measureTickets(strapi, trx, ids);
    // One that was marked again meanwhile has another mark, and stays.
    await table()
      .whereIn('ticket_id', ids)
      .whereIn('mark', [...new Set(marks.map(({ mark }) => mark))])
      .delete();
    return marks.length;
  });

// ---- Tickets of earlier releases, and all of them after a change of the settings

/** Gets another name when more is measured: then all are measured again. */
const COUNTER = 'times:waits';
/** In place of the last id: nothing is left to be measured. */
const THROUGH = -1;

const counters = (strapi: Core.Strapi, trx: Knex.Transaction) => tableIn(strapi, trx, TABLES.counters);

/** The newest first: they are looked at. */
const measureNext = (strapi: Core.Strapi, lease: Lease): Promise<number> =>
  inTransaction(strapi, async (trx) => {
    await lease.confirm(trx);
    const last = (await counters(strapi, trx).where({ name: COUNTER }).first('value'))?.value;
    if (Number(last) === THROUGH) return 0;
    const rows: { id: number }[] = await tableIn(strapi, trx, strapi.db.metadata.get(UID.ticket).tableName)
      .modify((tickets) => void (last !== undefined && tickets.where('id', '<', Number(last))))
      .orderBy('id', 'desc')
      .limit(TICKETS_A_BATCH)
      .select('id');
    const ids = rows.map(({ id }) => Number(id));
    if (ids.length > 0) await measureTickets(strapi, trx, ids);
    await counters(strapi, trx)
      .insert({ name: COUNTER, value: ids.at(-1) ?? THROUGH })
      .onConflict('name')
      .merge(['value']);
    return ids.length;
  });

/** Has all tickets measured again, those first that wait. Part of the calling code's transaction, if there is one. */
export async function measureAllAgain(strapi: Core.Strapi): Promise<void> {
  await inTransaction(strapi, (trx) => counters(strapi, trx).where({ name: COUNTER }).delete());
}

/** Whether there are tickets that were never measured, or not by the settings of now. */
export async function isMeasuring(strapi: Core.Strapi): Promise<boolean> {
  const row = await inTransaction(strapi, (trx) => counters(strapi, trx).where({ name: COUNTER }).first('value'));
  return Number(row?.value ?? 0) !== THROUGH;
}

// ---- Of some tickets

const ROUND_COLUMNS = [
  'ticket_id',
  'number',
  'assignee_id',
  'scanner_id',
  'opened_at',
  'asked_at',
  'answered_at',
  'answered_by',
  'resolved_at',
  'response_due',
  'resolution_due',
  'response_s',
  'response_counted_s',
  'resolution_s',
  'resolution_counted_s',
];

async function measureTickets(strapi: Core.Strapi, trx: Knex.Transaction, ids: number[]): Promise<void> {
  const levels = await getServiceLevels(strapi);
  const clock = clockOf(levels);
  const tickets = await readFacts(strapi, trx, ids);
  const rounds = tickets.map((ticket) => ({ ticket, rounds: measuredRounds(ticket, clock, levels) }));
  await tableIn(strapi, trx, TABLES.rounds).whereIn('ticket_id', ids).delete();
  const rows = rounds.flatMap(({ ticket, rounds: some }) => some.map((round, index) => rowOf(ticket, round, index)));
  if (rows.length > 0) await insertValues(strapi, trx, { table: TABLES.rounds, columns: ROUND_COLUMNS }, rows);
  const due = rounds.map(({ ticket, rounds: some }) => ({
    ticket,
    due: some.length > 0 ? dueNext(some.at(-1)!, ticket.status, clock) : null,
  }));
  await writeDue(strapi, trx, due);
  await writeWaits(strapi, trx, levels, ids, waitsOfAll(rounds, clock));
}

/** In which states one ticket is by what the calling code's transaction reads; for code that decides there. */
export async function waitsOfTicket(strapi: Core.Strapi, trx: Knex.Transaction, id: number): Promise<TicketWaits | null> {
  const levels = await getServiceLevels(strapi);
  const clock = clockOf(levels);
  const tickets = (await readFacts(strapi, trx, [id])).map((ticket) => ({
    ticket,
    rounds: measuredRounds(ticket, clock, levels),
  }));
  return (await withSnoozes(strapi, trx, [id], waitsOfAll(tickets, clock)))[0] ?? null;
}

const waitsOfAll = (some: { ticket: Measurable; rounds: MeasuredRound[] }[], clock: Clock): TicketWaits[] =>
  some.map(({ ticket, rounds }) => {
    const last = rounds.at(-1);
    return { ticket, waits: last ? waitsOf(ticket, rounds, dueNext(last, ticket.status, clock)?.at ?? null) : [] };
  });

const clockOf = ({ countsBusinessHours, hours, waitingPauses }: ServiceLevels): Clock => ({
  hours: countsBusinessHours ? hours : null,
  waitingPauses,
});

/** None of what has gone to another ticket, and none of spam: nobody waited for an answer. */
const measuredRounds = (ticket: Measurable, clock: Clock, { targets }: ServiceLevels): MeasuredRound[] =>
  (ticket.isMerged || ticket.isSpam ? [] : roundsOf(ticket)).map((round) =>
    measured(round, clock, targets[ticket.priority] ?? { firstResponse: null, resolution: null }),
  );

const seconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 1000));

const rowOf = ({ id, assignee, scanner }: Measurable, round: MeasuredRound, index: number): unknown[] => [
  id,
  index + 1,
  assignee,
  scanner,
  round.openedAt,
  round.askedAt,
  round.answeredAt,
  round.answeredBy,
  round.resolvedAt,
  round.responseDue,
  round.resolutionDue,
  seconds(round.responseMs),
  seconds(round.responseCountedMs),
  seconds(round.resolutionMs),
  seconds(round.resolutionCountedMs),
];

/** Not by way of Strapi, which would date the tickets to now. Those of which it differs share a statement. */
async function writeDue(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  found: { ticket: Measurable; due: ReturnType<typeof dueNext> }[],
): Promise<void> {
  const changed = found.filter(({ ticket, due }) => ticket.dueAt !== (due?.at ?? null) || ticket.dueFor !== (due?.for ?? null));
  const table = () => tableIn(strapi, trx, strapi.db.metadata.get(UID.ticket).tableName);
  const none = changed.filter(({ due }) => !due).map(({ ticket }) => ticket.id);
  if (none.length > 0) await table().whereIn('id', none).update({ due_at: null, due_for: null });
  for (const kind of ['firstResponse', 'resolution'] as const) {
    const some = changed.filter(({ due }) => due?.for === kind);
    if (some.length === 0) continue;
    const moments = some.map(({ ticket, due }) => [ticket.id, new Date(due!.at)] as const);
    await table()
      .whereIn(
        'id',
        some.map(({ ticket }) => ticket.id),
      )
      .update({ due_at: momentsById(strapi, trx, moments), due_for: kind });
  }
}

// ---- Soon after a change

const SOON_MS = 200;
const measuring = new WeakMap<Core.Strapi, Soon>();

/** From now on what this instance changes is measured a moment later; what others change, they measure, or the schedule does. */
export function measureSoonAfterChanges(strapi: Core.Strapi): void {
  const measure = soon(async () => {
    try {
      await measureTimes(strapi);
    } catch (error) {
      if (!(error instanceof LeaseLost)) log(strapi, 'warn', 'Times could not be measured yet', { reason: plainWords(error) });
    }
  }, SOON_MS);
  measuring.set(strapi, measure);
  onUnmeasured(strapi, measure.ask);
}

export const stopMeasuring = async (strapi: Core.Strapi): Promise<void> => measuring.get(strapi)?.stop();
