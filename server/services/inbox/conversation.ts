import type { Core } from '@strapi/strapi';
import { pointsAt } from '../storage/links';
import { UID } from '../uids';
import { undoSeconds } from './undo';

/** The comments of a ticket as the inbox shows them. */

/** Never more of an admin user than this: the record holds secrets. */
export const USER_ATTRIBUTES = { select: ['id', 'firstname', 'lastname', 'email'] };

const ATTACHMENT_ATTRIBUTES = ['documentId', 'name', 'mime', 'size', 'contentId', 'inline', 'repeated'] as const;
const DELIVERY_ATTRIBUTES = [
  'documentId',
  'state',
  'attempts',
  'nextAttemptAt',
  'lastError',
  'sentAt',
  'bouncedAt',
  'to',
  'cc',
  'undoSeconds',
] as const;

/** The comments of a ticket, oldest first, each with its files and what became of its email. `only` narrows them down. */
export async function commentsOf(strapi: Core.Strapi, ticketId: number, only: object = {}): Promise<any[]> {
  const comments = await strapi.db.query(UID.comment).findMany({
    where: { $and: [only, pointsAt(strapi, UID.comment, 'ticket', ticketId)] },
    orderBy: { id: 'asc' },
    populate: { contact: true, user: USER_ATTRIBUTES as never },
  });
  const ofComments = {
    where: { comment: { id: { $in: comments.map(({ id }) => id) } } },
    orderBy: { id: 'asc' },
    populate: { comment: { select: ['id'] } },
  } as never;
  const attachments = groupByComment(await strapi.db.query(UID.attachment).findMany(ofComments), ATTACHMENT_ATTRIBUTES);
  const sent = (await strapi.db.query(UID.delivery).findMany(ofComments)).map((row) => ({ ...row, undoSeconds: undoSeconds(row) }));
  const deliveries = groupByComment(sent, DELIVERY_ATTRIBUTES);
  const withSource = await withKeptSource(
    strapi,
    comments.map(({ id }) => id),
  );
  return comments.map((comment) => ({
    ...comment,
    hasSource: withSource.has(comment.id),
    attachments: attachments.get(comment.id) ?? [],
    delivery: deliveries.get(comment.id)?.at(-1) ?? null,
  }));
}

/** Those of the comments whose email is kept as it came. */
async function withKeptSource(strapi: Core.Strapi, ids: number[]): Promise<Set<number>> {
  const kept = await strapi.db.query(UID.message).findMany({
    select: ['id'],
    where: { comment: { id: { $in: ids } }, sourceKey: { $notNull: true } },
    populate: { comment: { select: ['id'] } },
  });
  return new Set(kept.map(({ comment }) => comment.id));
}

function groupByComment(rows: any[], attributes: readonly string[]): Map<number, object[]> {
  const groups = new Map<number, object[]>();
  for (const row of rows) {
    const shown = Object.fromEntries(attributes.map((name) => [name, row[name]]));
    groups.set(row.comment.id, [...(groups.get(row.comment.id) ?? []), shown]);
  }
  return groups;
}
