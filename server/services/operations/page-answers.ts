import type { Core } from '@strapi/strapi';
import { inTransaction, tableIn, TABLES } from '../storage/tables';

/** How long a customer's page may send the same again (inbox/customer-answers.ts). */
const KEPT_MS = 24 * 3_600_000;

export async function forgetPageAnswers(strapi: Core.Strapi): Promise<void> {
  await inTransaction(strapi, (trx) =>
    tableIn(strapi, trx, TABLES.pageAnswers)
      .where('at', '<', Date.now() - KEPT_MS)
      .delete(),
  );
}
