import type { Core } from '@strapi/strapi';
import { inPieces } from '../lib/pieces';
import { inTransaction, tableIn, TABLES } from '../storage/tables';

/** How far each administrator has read each ticket: the id of the newest comment that they had before them. */

/** Nobody unreads: of two windows, the one that has read further counts. */
export async function noteSeen(strapi: Core.Strapi, user: number, ticket: number, comment: number): Promise<void> {
  const row = { user_id: user, ticket_id: ticket };
  await inTransaction(strapi, async (trx) => {
    const table = () => tableIn(strapi, trx, TABLES.seen);
    await table()
      .insert({ ...row, comment_id: comment })
      .onConflict(['user_id', 'ticket_id'])
      .ignore();
    await table().where(row).where('comment_id', '<', comment).update({ comment_id: comment });
  });
}

export async function forgetSeen(strapi: Core.Strapi, tickets: number[]): Promise<void> {
  for (const some of inPieces(tickets))
    await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.seen).whereIn('ticket_id', some).delete());
}
