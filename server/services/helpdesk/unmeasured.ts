import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { inPieces } from '../lib/pieces';
import { afterCommit } from '../platform/after-commit';
import { linkTable } from '../platform/links';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { UID } from '../uids';
import { currentActor } from './actor';

/**
 * Which tickets have to be measured again: how long customers wait is worked out from the conversation and the log by services/times, so
 * that whatever changes a ticket has only to say that it did, in its own transaction.
 */

interface Event {
  params: { where?: object; data?: Record<string, unknown> };
  result?: { id: number };
  /** The same object before and after a write. */
  state: { tickets?: number[] };
}

/** Who wants to know that there is something to measure. */
const listeners = new WeakMap<Core.Strapi, () => void>();
export const onUnmeasured = (strapi: Core.Strapi, listener: () => void): void => void listeners.set(strapi, listener);

/** One statement, however many tickets of a batch. */
export async function markUnmeasured(strapi: Core.Strapi, tickets: number[]): Promise<void> {
  if (tickets.length === 0) return;
  const mark = randomUUID();
  // In one order for everybody, so that two batches do not wait for each other.
  const rows = [...new Set(tickets)].sort((one, other) => one - other).map((id) => ({ ticket_id: id, mark }));
  await inTransaction(strapi, async (trx) => {
    for (const some of inPieces(rows)) await tableIn(strapi, trx, TABLES.unmeasured).insert(some).onConflict('ticket_id').merge(['mark']);
    await afterCommit(strapi, () => listeners.get(strapi)?.());
  });
}

/** What is kept about tickets that are gone. Their marks go when they are measured, which is done at any moment (see `forgetTelling`). */
export async function forgetMeasured(strapi: Core.Strapi, tickets: number[]): Promise<void> {
  for (const some of inPieces(tickets))
    await inTransaction(strapi, async (trx) => {
      for (const name of [TABLES.rounds, TABLES.waits, TABLES.fired]) await tableIn(strapi, trx, name).whereIn('ticket_id', some).delete();
    });
}

/** What times are worked out from, and what conditions of time triggers ask for. */
const MEASURED = [
  'ticketStatus',
  'priority',
  'assignee',
  'scanner',
  'mergedInto',
  'isSpam',
  'title',
  'contact',
  'helpdeskTags',
  'helpdeskStatus',
  'helpdeskTeam',
  'snoozedAt',
];

/** From now on whatever changes a ticket or a comment marks the ticket. A scan marks those of its batch by itself (desk-writes.ts). */
export function markChanges(strapi: Core.Strapi): void {
  const isScan = () => currentActor(strapi).kind === 'scanner';
  strapi.db.lifecycles.subscribe({
    models: [UID.ticket],
    async afterCreate({ result }: Event) {
      if (!isScan()) await markUnmeasured(strapi, [result!.id]);
    },
    async afterUpdate({ result, params: { data = {} } }: Event) {
      if (result && !isScan() && MEASURED.some((name) => name in data)) await markUnmeasured(strapi, [result.id]);
    },
  });
  strapi.db.lifecycles.subscribe({
    models: [UID.comment],
    async afterCreate({ result }: Event) {
      if (!isScan()) await markUnmeasured(strapi, await ticketsOf(strapi, [result!.id]));
    },
    async afterUpdate({ result }: Event) {
      if (result) await markUnmeasured(strapi, await ticketsOf(strapi, [result.id]));
    },
    // Before: the database forgets what the comment pointed at together with its row.
    async beforeDelete({ params, state }: Event) {
      const row = await strapi.db.query(UID.comment).findOne({ select: ['id'], where: params.where });
      state.tickets = row ? await ticketsOf(strapi, [row.id]) : [];
    },
    afterDelete: ({ state }: Event) => markUnmeasured(strapi, state.tickets ?? []),
  });
}

async function ticketsOf(strapi: Core.Strapi, comments: number[]): Promise<number[]> {
  const { name, owner, target } = linkTable(strapi, UID.comment, 'ticket');
  const rows = await readTable(strapi, name, (table) => table.whereIn(owner, comments).select(target));
  return rows.map((row: Record<string, number>) => Number(row[target]));
}
