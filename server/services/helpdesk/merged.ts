import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { inTransaction, readTable, tableIn } from '../storage/tables';
import { UID } from '../uids';
import { SpokenError } from '../lib/spoken-error';
import { say } from '../../../shared/sentences/words';

/** Where a merged ticket has gone. */

const MERGED_INTO = 'merged_into_id';

/** A ticket that nobody else can change, as it is at this moment and not as an earlier query of the transaction saw it (MySQL would). */
export interface HeldTicket {
  mergedInto: number | null;
  updatedAt: Date;
}

/**
 * Locks these tickets until the transaction ends, so that none of them is changed, merged, split or deleted meanwhile, and says how they
 * are. SQLite has one connection: whoever is in a transaction is alone, and nothing has to be asked.
 */
export async function holdTickets(strapi: Core.Strapi, ids: number[]): Promise<Map<number, HeldTicket> | null> {
  if (ids.length === 0 || isSqlite(strapi)) return null;
  return inTransaction(strapi, async (trx) => {
    // In one order for everybody: two that want the same two tickets do not wait for each other.
    const rows = await ticketTable(strapi, trx).whereIn('id', ids).orderBy('id').forUpdate().select('id', MERGED_INTO, 'updated_at');
    return new Map(
      rows.map((row: { id: number; updated_at: Date; [MERGED_INTO]: number | null }) => [
        row.id,
        { mergedInto: row[MERGED_INTO], updatedAt: row.updated_at },
      ]),
    );
  });
}

/**
 * A ticket was changed or merged after this transaction had read it: what it knows is out of date, and writing it would undo the change.
 * The code is that of a serialization failure (SQLSTATE 40001), so that the transaction is tried again like one that the database refused.
 */
export class ChangedMeanwhile extends SpokenError {
  readonly code = '40001';

  constructor() {
    super(say('desk.changedNow'));
    this.name = 'ChangedMeanwhile';
  }
}

/** The id of the ticket in which this one's conversation goes on: itself, unless it was merged. Held until the transaction ends. */
export async function afterMerges(strapi: Core.Strapi, id: number): Promise<number> {
  const passed = new Set<number>();
  let current = id;
  for (;;) {
    passed.add(current);
    const held = await holdTickets(strapi, [current]);
    const next = held ? held.get(current)?.mergedInto : await mergedInto(strapi, current);
    if (!next || passed.has(next)) return current;
    current = next;
  }
}

/** Those that went into `from` go on to `to`, so that one step leads from any merged ticket to where it is now. */
export async function redirectMerged(strapi: Core.Strapi, trx: Knex.Transaction, from: number, to: number): Promise<void> {
  await ticketTable(strapi, trx)
    .where({ [MERGED_INTO]: from })
    .update({ [MERGED_INTO]: to });
}

async function mergedInto(strapi: Core.Strapi, id: number): Promise<number | null> {
  const row = await readTable(strapi, strapi.db.metadata.get(UID.ticket).tableName, (tickets) => tickets.where({ id }).first(MERGED_INTO));
  return row?.[MERGED_INTO] ?? null;
}

const ticketTable = (strapi: Core.Strapi, trx: Knex.Transaction) => tableIn(strapi, trx, strapi.db.metadata.get(UID.ticket).tableName);

const isSqlite = (strapi: Core.Strapi): boolean => strapi.db.dialect.client === 'sqlite';
