import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { inTransaction, tableIn, TABLES } from '../storage/tables';

const DAY_MS = 24 * 3_600_000;
const KEPT_DAYS = { read: 30, unread: 90 };
/** Small, so that SQLite keeps nobody waiting. */
const ROWS_A_BATCH = 500;

/** Removes notices that are older than anybody looks back, and what is known of emails about them. */
export async function forgetOldNotices(strapi: Core.Strapi): Promise<void> {
  const before = (days: number) => Date.now() - days * DAY_MS;
  await forget(strapi, TABLES.notices, (notices) =>
    notices
      .where('at', '<', before(KEPT_DAYS.unread))
      .orWhere((read) => void read.whereNotNull('read_at').where('at', '<', before(KEPT_DAYS.read))),
  );
  await forget(strapi, TABLES.noticeEmails, (emails) => emails.where('at', '<', before(KEPT_DAYS.read)));
}

async function forget(strapi: Core.Strapi, table: string, old: (rows: Knex.QueryBuilder) => Knex.QueryBuilder): Promise<void> {
  for (let count = ROWS_A_BATCH; count === ROWS_A_BATCH;) {
    const rows: { id: number }[] = await inTransaction(strapi, (trx) =>
      old(tableIn(strapi, trx, table))
        .limit(ROWS_A_BATCH)
        .select('id'),
    );
    count = rows.length;
    const ids = rows.map(({ id }) => id);
    await inTransaction(strapi, (trx) => tableIn(strapi, trx, table).whereIn('id', ids).delete());
  }
}
