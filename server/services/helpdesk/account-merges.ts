import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { linkTable } from '../platform/links';
import { inPieces } from '../lib/pieces';
import { inTransaction, tableIn } from '../storage/tables';
import { UID } from '../uids';

/** An account that was merged goes on as a domain of the remaining one; nothing belongs to it any more. */

const OWNED = [UID.ticket, UID.contact] as const;

/** Takes all tickets and contacts from one account to another. */
export async function moveOfAccount(strapi: Core.Strapi, trx: Knex.Transaction, from: number, to: number): Promise<void> {
  for (const uid of OWNED) {
    const { name, target } = linkTable(strapi, uid, 'account');
    await tableIn(strapi, trx, name)
      .where({ [target]: from })
      .update({ [target]: to });
  }
}

/**
 * Takes what was tied to these accounts a moment ago to those that they were merged into: a rule may name one that is gone since, and a merge
 * may have come between. To be called in the transaction that has written it: by the foreign key, that waits for a merge that holds the account.
 */
export async function followAccountMerges(strapi: Core.Strapi, accounts: readonly (number | null)[]): Promise<void> {
  const ids = [...new Set(accounts)].filter((id) => id !== null);
  if (ids.length === 0) return;
  await inTransaction(strapi, async (trx) => {
    for (const some of inPieces(ids)) {
      const merged = tableIn(strapi, trx, strapi.db.metadata.get(UID.account).tableName)
        .whereIn('id', some)
        .whereNotNull('merged_into_id')
        .select('id', 'merged_into_id');
      // MySQL would show them as an earlier query of the transaction saw them; they are held by the foreign key anyway.
      for (const row of await (strapi.db.dialect.client === 'mysql' ? merged.forShare() : merged))
        await moveOfAccount(strapi, trx, Number(row.id), Number(row.merged_into_id));
    }
  });
}
