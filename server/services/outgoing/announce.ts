import type { Core } from '@strapi/strapi';
import { UID } from '../uids';
import { heldBackBecause } from './loop-budget';
import { enqueue } from './outbox';

/** Columns of a comment, as a database lifecycle hands it on. */
interface CommentRow {
  id: number;
  source: string;
  isPublic: boolean | null;
}

/**
 * From now on a public comment is sent to the customer, whatever door it comes through: the Content Manager, the admin API, REST,
 * other code. Database lifecycles see them all, and run in the transaction of the write.
 */
export function announcePublicComments(strapi: Core.Strapi): void {
  strapi.db.lifecycles.subscribe({
    models: [UID.comment],
    afterCreate: ({ result }) => announce(strapi, result as CommentRow),
    async afterUpdate({ result, params: { data } }) {
      if (data.isPublic === true) await announce(strapi, result as CommentRow);
    },
  });
}

/** A public comment that no customer wrote goes to the customer: once, and in the transaction that makes it public. */
async function announce(strapi: Core.Strapi, { id, source, isPublic }: CommentRow): Promise<void> {
  if (source === 'email' || isPublic !== true) return;
  const comment = await strapi.db.query(UID.comment).findOne({
    where: { id },
    populate: {
      ticket: { select: ['id', 'threadToken'], populate: { contact: { select: ['id'] } } },
      contact: { select: ['id'] },
      user: { select: ['id'] },
    },
  });
  if (!comment?.ticket || comment.contact) return;
  if ((await strapi.db.query(UID.delivery).count({ where: { comment: { id } } })) > 0) return;
  await strapi.db.query(UID.ticket).updateMany({ where: { id: comment.ticket.id }, data: { lastActivityAt: new Date() } });
  await enqueue(strapi, comment, comment.ticket, comment.user ? null : await heldBackBecause(strapi, comment.ticket));
}
