import type { Core } from '@strapi/strapi';
import type { Trigger, TriggerChange, TriggerCount, TriggerInput } from '../../../shared/api/triggers';
import type { TriggerWhen } from '../../../shared/vocabulary';
import { NO_CONDITIONS } from '../scanner/rules';
import { getServiceLevels } from '../settings/settings';
import { changeDocument } from '../storage/documents';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { lookAgain } from '../times/wait-rows';
import { alarmOf, waitStateOf, type TriggerTiming } from '../times/waits';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';
import { meets } from './ticket-subject';

/** Time triggers as people keep them; run-triggers.ts runs them. */

export const triggerFrom = (row: Row<'trigger'>): Trigger => ({
  documentId: row.documentId,
  name: row.name,
  active: row.active,
  state: row.state,
  minutes: row.minutes,
  countsBusinessHours: row.countsBusinessHours,
  conditions: row.conditions ?? NO_CONDITIONS,
  actions: row.actions ?? [],
  startsAt: row.startsAt ? new Date(row.startsAt).toISOString() : null,
});

export const timingOf = (row: Row<'trigger'>): TriggerTiming => ({ ...row, startsAt: row.startsAt ? new Date(row.startsAt).getTime() : 0 });

/** All of them, by name. */
export const listTriggers = async (strapi: Core.Strapi): Promise<Trigger[]> =>
  (await rowsOf(strapi, UID.trigger).findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] })).map(triggerFrom);

export async function addTrigger(strapi: Core.Strapi, input: TriggerInput, alsoExisting: boolean): Promise<Trigger> {
  return inTransaction(strapi, async () => {
    const row = await rowsOf(strapi, UID.trigger).create({ data: { ...input, startsAt: startOf(alsoExisting) } });
    if (input.active) await lookAgain(strapi, timingOf(row));
    return triggerFrom(row);
  });
}

/** Adds triggers, all of them or none. They are switched off, so that nothing happens before somebody has looked at them. */
export const importTriggers = (strapi: Core.Strapi, triggers: readonly TriggerChange[]): Promise<Trigger[]> =>
  inTransaction(strapi, async () => {
    const added: Trigger[] = [];
    for (const { alsoExisting: _also, ...input } of triggers) added.push(await addTrigger(strapi, { ...input, active: false }, false));
    return added;
  });

/** The moment from which states count; a second after 1970 stands for all there are. */
const startOf = (alsoExisting: boolean): Date => (alsoExisting ? new Date(1_000) : new Date());

/**
 * Changes one and resolves with it, or with null when there is none. Activated, or waiting for something else than before, it begins again: a
 * ticket whose state began before is left alone, unless `alsoExisting` says otherwise. One on which it acted for this time is left alone anyway.
 */
export async function changeTrigger(
  strapi: Core.Strapi,
  documentId: string,
  change: (before: Trigger) => TriggerInput & { alsoExisting?: boolean },
): Promise<Trigger | null> {
  return inTransaction(strapi, async () => {
    const row = await changeDocument(strapi, UID.trigger, documentId, (before) => {
      const { alsoExisting = false, ...input } = change(triggerFrom(before));
      const begins = input.active && (!before.active || alsoExisting || waitsForOther(triggerFrom(before), input));
      return { ...input, ...(begins ? { startsAt: startOf(alsoExisting) } : {}) };
    });
    if (row?.active) await lookAgain(strapi, timingOf(row));
    return row && triggerFrom(row);
  });
}

const waitsForOther = (before: TriggerInput, after: TriggerInput): boolean =>
  (['state', 'minutes', 'countsBusinessHours', 'conditions'] as const).some(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );

export async function deleteTrigger(strapi: Core.Strapi, documentId: string): Promise<void> {
  await inTransaction(strapi, async (trx) => {
    const row = await rowsOf(strapi, UID.trigger).findOne({ select: ['id'], where: { documentId } });
    if (!row) return;
    await strapi.db.query(UID.trigger).delete({ where: { id: row.id } });
    await tableIn(strapi, trx, TABLES.fired).where({ trigger_id: row.id }).delete();
  });
}

// ---- How many tickets it would meet

const A_PIECE = 200;
/** How long counting takes at most: what is left is not counted. */
const MAX_COUNT_MS = 3_000;

/** How many tickets are in the state that this trigger waits for, and meet its conditions. `id`: of one that is saved already. */
export async function countMet(strapi: Core.Strapi, trigger: TriggerInput, id: number | null): Promise<TriggerCount> {
  const levels = await getServiceLevels(strapi);
  const count: TriggerCount = { now: 0, later: 0, isCutShort: false };
  const until = Date.now() + MAX_COUNT_MS;
  for await (const some of inState(strapi, trigger.state, id)) {
    if (Date.now() > until) return { ...count, isCutShort: true };
    const met = await meets(
      strapi,
      trigger.conditions,
      some.map(({ ticket }) => ticket),
    );
    for (const { ticket, since } of some) {
      const alarm = alarmOf(trigger, since, levels);
      if (alarm === null || !met.has(ticket)) continue;
      if (alarm <= Date.now()) count.now += 1;
      else count.later += 1;
    }
  }
  return count;
}

async function* inState(strapi: Core.Strapi, when: TriggerWhen, id: number | null): AsyncGenerator<{ ticket: number; since: number }[]> {
  let last = { since: -1, ticket: 0 };
  for (;;) {
    const { since, ticket } = last;
    const rows: Record<string, number | string>[] = await readTable(strapi, `${TABLES.waits} as w`, (table) =>
      table
        .where('w.state', waitStateOf(when))
        .where(
          (query) =>
            void query
              .where('w.since', '>', since)
              .orWhere((other) => void other.where({ 'w.since': since }).where('w.ticket_id', '>', ticket)),
        )
        .whereNotExists(
          (fired) =>
            void fired
              .from(TABLES.fired)
              .select('ticket_id')
              .where('trigger_id', id ?? 0)
              .whereRaw('?? = ?? and ?? = ??', [`${TABLES.fired}.ticket_id`, 'w.ticket_id', `${TABLES.fired}.since`, 'w.since']),
        )
        .orderBy([{ column: 'w.since' }, { column: 'w.ticket_id' }])
        .limit(A_PIECE)
        .select('w.ticket_id', 'w.since'),
    );
    const some = rows.map((row) => ({ ticket: Number(row.ticket_id), since: Number(row.since) }));
    if (some.length > 0) yield some;
    if (some.length < A_PIECE) return;
    last = some.at(-1)!;
  }
}
