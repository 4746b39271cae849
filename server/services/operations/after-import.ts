import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { log } from '../log';
import { inTransaction, tableIn, TABLES } from '../storage/tables';
import { UID } from '../uids';
import { measureAllAgain } from '../times/measure';

/**
 * `strapi import` and `strapi transfer` put tickets in the place of those that are there, under other ids and without a word to the plugin:
 * what was worked out of the old ones would stay in reports, and the new ones would have no times. The next start sees to it.
 */

/** What is worked out of tickets, by their ids. */
const WORKED_OUT = [TABLES.rounds, TABLES.waits, TABLES.fired, TABLES.unmeasured];

/** Has everything measured again when the tickets are others than those that were measured. */
export async function startAfreshAfterImport(strapi: Core.Strapi): Promise<void> {
  const wasImported = await inTransaction(strapi, async (trx) => {
    const newest = await newestMeasurable(strapi, trx);
    if (newest === null || (await isKnown(strapi, trx, newest))) return false;
    for (const name of WORKED_OUT) await tableIn(strapi, trx, name).delete();
    await measureAllAgain(strapi);
    // On which tickets they have acted was no part of the import: what began before would happen a second time.
    await strapi.db.query(UID.trigger).updateMany({ where: {}, data: { startsAt: new Date() } });
    return true;
  });
  if (wasImported) log(strapi, 'info', 'Other tickets than before are there: times are measured again');
}

/** The newest ticket of which there are times: no spam, and not merged into another one. */
async function newestMeasurable(strapi: Core.Strapi, trx: Knex.Transaction): Promise<number | null> {
  const row: { id: number } | undefined = await tableIn(strapi, trx, strapi.db.metadata.get(UID.ticket).tableName)
    .whereNull('merged_into_id')
    .where((query) => void query.whereNull('is_spam').orWhere('is_spam', false))
    .orderBy('id', 'desc')
    .first('id');
  return row?.id ?? null;
}

/** Whether it was measured, or waits to be. */
async function isKnown(strapi: Core.Strapi, trx: Knex.Transaction, ticket: number): Promise<boolean> {
  for (const name of [TABLES.rounds, TABLES.unmeasured])
    if (await tableIn(strapi, trx, name).where({ ticket_id: ticket }).first('ticket_id')) return true;
  return false;
}
