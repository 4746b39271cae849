import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { ServiceLevels } from '../../../shared/api/service-levels';
import { STATUS } from '../../../shared/vocabulary';
import { isAsleep } from '../helpdesk/snooze';
import { getServiceLevels } from '../settings/settings';
import { insertValues } from '../storage/insert';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { UID } from '../uids';
import { beginOf, nextAlarm, waitStateOf, type TicketWaits, type TriggerTiming, type Wait, type WaitState } from './waits';

/** The states of tickets as rows that a time trigger finds by an index. */

const COLUMNS = ['ticket_id', 'state', 'since', 'next_at'];

/** The triggers that are on. */
async function activeTriggers(strapi: Core.Strapi): Promise<TriggerTiming[]> {
  const rows = await strapi.db
    .query(UID.trigger)
    .findMany({ select: ['id', 'state', 'minutes', 'countsBusinessHours', 'startsAt'], where: { active: true }, orderBy: { id: 'asc' } });
  return rows.map((row) => ({ ...row, startsAt: row.startsAt ? new Date(row.startsAt).getTime() : 0 })) as TriggerTiming[];
}

/** Writes what is true of these tickets in place of what was. */
export async function writeWaits(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  levels: ServiceLevels,
  ids: number[],
  measured: TicketWaits[],
): Promise<void> {
  const all = await withSnoozes(strapi, trx, ids, measured);
  const triggers = await activeTriggers(strapi);
  await tableIn(strapi, trx, TABLES.waits).whereIn('ticket_id', ids).delete();
  const rows = all.flatMap(({ ticket, waits }) =>
    waits.map((wait) => [ticket.id, wait.state, wait.since, lookAt(triggers, wait, ticket, levels, 0)]),
  );
  if (rows.length > 0) await insertValues(strapi, trx, { table: TABLES.waits, columns: COLUMNS }, rows);
}

/** Writes when that state is looked at next, of a trigger's time after that moment. */
export async function scheduleLook(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  { ticket, wait, after }: { ticket: TicketWaits['ticket']; wait: Wait; after: number },
): Promise<void> {
  const next = lookAt(await activeTriggers(strapi), wait, ticket, await getServiceLevels(strapi), after);
  await tableIn(strapi, trx, TABLES.waits).where({ ticket_id: ticket.id, state: wait.state }).update({ since: wait.since, next_at: next });
}

/** A ticket that is put off is looked at when it is back. Until a customer answers, that is when it is measured again. */
function lookAt(triggers: TriggerTiming[], wait: Wait, ticket: TicketWaits['ticket'], levels: ServiceLevels, after: number): number | null {
  if (!isAsleep(ticket)) return nextAlarm(triggers, wait, levels, after);
  const next = nextAlarm(triggers, wait, levels, 0);
  return next === null || ticket.snoozedUntil === null ? null : Math.max(next, ticket.snoozedUntil.getTime() + 1_000);
}

/** Notes that a ticket that was put off is back by the clock; whatever happens to it ends that. */
export async function noteSnoozeOver(strapi: Core.Strapi, ticket: number): Promise<void> {
  await inTransaction(strapi, async (trx) => {
    const row = { ticket_id: ticket, state: 'snoozeOver', since: Date.now(), next_at: Date.now() };
    await tableIn(strapi, trx, TABLES.waits).insert(row).onConflict(['ticket_id', 'state']).merge(['since', 'next_at']);
  });
}

/** Adds to what was measured that a ticket is back, where nothing has happened to it since. */
export async function withSnoozes(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  ids: number[],
  measured: TicketWaits[],
): Promise<TicketWaits[]> {
  const rows: { ticket_id: number; since: number | string }[] = await tableIn(strapi, trx, TABLES.waits)
    .whereIn('ticket_id', ids)
    .where({ state: 'snoozeOver' })
    .select('ticket_id', 'since');
  const back = new Map(rows.map(({ ticket_id: id, since }) => [Number(id), Number(since)]));
  return measured.map(({ ticket, waits }) => {
    const since = back.get(ticket.id);
    if (since === undefined || !isStillBack(ticket, since)) return { ticket, waits };
    return { ticket, waits: [...waits, { state: 'snoozeOver', since }] };
  });
}

const isStillBack = ({ status, snoozedAt, messages, changes, isMerged }: TicketWaits['ticket'], since: number): boolean =>
  status !== STATUS.closed &&
  !isMerged &&
  snoozedAt === null &&
  !messages.some(({ cameAt }) => cameAt > since) &&
  !changes.some(({ at }) => at > since);

/** Has the tickets looked at that are in the state of this trigger, after it was activated or changed. */
export async function lookAgain(strapi: Core.Strapi, trigger: TriggerTiming): Promise<void> {
  const from = trigger.startsAt + (trigger.startsAt === 0 ? 0 : trigger.startsAt - beginOf(trigger, trigger.startsAt));
  await inTransaction(strapi, async (trx) => {
    await tableIn(strapi, trx, TABLES.waits)
      .where({ state: waitStateOf(trigger.state) })
      .where('since', '>', from)
      .update({ next_at: Date.now() });
  });
}

/** The tickets whose state a trigger looks at now, the longest wait first. */
export async function dueLooks(strapi: Core.Strapi, limit: number): Promise<{ ticket: number; state: WaitState }[]> {
  const rows: { ticket_id: number; state: WaitState }[] = await readTable(strapi, TABLES.waits, (table) =>
    table.where('next_at', '<=', Date.now()).orderBy('next_at').limit(limit).select('ticket_id', 'state'),
  );
  return rows.map(({ ticket_id: ticket, state }) => ({ ticket: Number(ticket), state }));
}
