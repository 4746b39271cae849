import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { tableIn } from '../storage/tables';
import { UID } from '../uids';
import { composeDelivery, NotDeliverable } from './compose-delivery';
import { columnsOf } from './stored-mail';
import { inBoth } from '../../../shared/sentences/words';

/**
 * Composes the emails of a ticket, or about a comment, that nobody has composed yet: after this they say what they said and go to the people
 * that they were written for, whatever becomes of the ticket. To be called in the transaction that moves their comments elsewhere; the outbox
 * composes under the same lock (delivery-attempt.ts).
 */
export async function composeWaiting(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  whose: { ticket: number } | { comment: number },
): Promise<void> {
  const [[name, id]] = Object.entries(whose);
  await tableIn(strapi, trx, strapi.db.metadata.get(UID.delivery).tableName)
    .where({ [`${name}_id`]: id })
    .whereNull('subject')
    .forUpdate()
    .select('id');
  const waiting = await strapi.db.query(UID.delivery).findMany({
    where: { [name]: { id }, subject: { $null: true }, state: { $in: ['queued', 'sending'] } },
    populate: { ticket: { select: ['id'] }, comment: { select: ['id', 'isPublic'] } },
  });
  for (const delivery of waiting) {
    const data = await composed(strapi, delivery);
    await strapi.db.query(UID.delivery).updateMany({ where: { id: delivery.id }, data });
  }
}

async function composed(strapi: Core.Strapi, delivery: Parameters<typeof composeDelivery>[1]): Promise<object> {
  try {
    return columnsOf(await composeDelivery(strapi, delivery));
  } catch (error) {
    if (!(error instanceof NotDeliverable)) throw error;
    return { state: 'failed', ...inBoth('lastError', error.said) };
  }
}
