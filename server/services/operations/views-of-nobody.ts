import type { Core } from '@strapi/strapi';
import { inTransaction, tableIn, TABLES } from '../storage/tables';

/** Removes the saved views of administrators that are gone; those of the team, which have no owner (0), stay. */
export async function forgetViewsOfNobody(strapi: Core.Strapi): Promise<void> {
  await inTransaction(strapi, async (trx) => {
    const users = tableIn(strapi, trx, strapi.db.metadata.get('admin::user').tableName).select('id');
    await tableIn(strapi, trx, TABLES.views).whereNot('owner_id', 0).whereNotIn('owner_id', users).delete();
  });
}
