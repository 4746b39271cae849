import type { Core } from '@strapi/strapi';
import { inTransaction, tableIn } from '../storage/tables';
import { UID } from '../uids';

/** The comments of a ticket as the inbox shows them, and how staff add one. */

/** Never more of an admin user than this: the record holds secrets. */
export const USER_ATTRIBUTES = { select: ['id', 'firstname', 'lastname', 'email'] };

const ATTACHMENT_ATTRIBUTES = ['documentId', 'name', 'mime', 'size', 'contentId', 'inline'] as const;
const DELIVERY_ATTRIBUTES = ['documentId', 'state', 'attempts', 'nextAttemptAt', 'lastError', 'sentAt', 'bouncedAt', 'to', 'cc'] as const;

/** The comments of a ticket, oldest first, each with its files and what became of its email. `only` narrows them down. */
export async function commentsOf(strapi: Core.Strapi, ticketId: number, only: object = {}): Promise<any[]> {
  const comments = await strapi.db.query(UID.comment).findMany({ where: { ...only, ticket: { id: ticketId } }, orderBy: { id: 'asc' }, populate: { contact: true, user: USER_ATTRIBUTES as never } });
  const ofComments = { where: { comment: { id: { $in: comments.map(({ id }) => id) } } }, orderBy: { id: 'asc' }, populate: { comment: { select: ['id'] } } } as never;
  const attachments = groupByComment(await strapi.db.query(UID.attachment).findMany(ofComments), ATTACHMENT_ATTRIBUTES);
  const deliveries = groupByComment(await strapi.db.query(UID.delivery).findMany(ofComments), DELIVERY_ATTRIBUTES);
  return comments.map((comment) => ({ ...comment, attachments: attachments.get(comment.id) ?? [], delivery: deliveries.get(comment.id)?.at(-1) ?? null }));
}

function groupByComment(rows: any[], attributes: readonly string[]): Map<number, object[]> {
  const groups = new Map<number, object[]>();
  for (const row of rows) {
    const shown = Object.fromEntries(attributes.map((name) => [name, row[name]]));
    groups.set(row.comment.id, [...(groups.get(row.comment.id) ?? []), shown]);
  }
  return groups;
}

export interface Answer {
  text?: string;
  html?: string;
  isPublic: boolean;
  /** Set together with the comment, or not at all. */
  ticketStatus?: string;
  /** The documentId of the last comment that the author has read; null when there was none, undefined when nobody asks. */
  lastSeen?: string | null;
}

/** Somebody else wrote while this answer was being written. */
export class AnsweredMeanwhile extends Error {
  constructor(readonly comments: any[]) {
    super('Somebody wrote on this ticket since you opened it. Read that first, or send your answer all the same.');
    this.name = 'AnsweredMeanwhile';
  }
}

/**
 * Adds a comment of an administrator and returns it as `commentsOf` does. Throws AnsweredMeanwhile with the comments of others that
 * came after the last one seen; nothing is written then. Of two answers in the same moment, one sees the other.
 */
export async function answerTicket(strapi: Core.Strapi, ticket: { id: number; documentId: string }, user: number, answer: Answer): Promise<any> {
  const { ticketStatus, lastSeen, ...words } = answer;
  const id = await inTransaction(strapi, async (trx) => {
    // The row is locked until the commit. SQLite has one connection and ignores this.
    await tableIn(strapi, trx, strapi.db.metadata.get(UID.ticket).tableName).where({ id: ticket.id }).forUpdate().select('id');
    const newer = lastSeen === undefined ? [] : await commentsAfter(strapi, ticket.id, lastSeen, user);
    if (newer.length > 0) throw new AnsweredMeanwhile(newer);
    const by = { createdBy: user, updatedBy: user };
    const comment = await strapi.documents(UID.comment).create({ data: { ...words, ticket: ticket.id, user, source: 'admin', ...by } as never });
    if (ticketStatus) await strapi.documents(UID.ticket).update({ documentId: ticket.documentId, data: { ticketStatus, updatedBy: user } as never });
    return comment.id;
  });
  return (await commentsOf(strapi, ticket.id, { id }))[0];
}

/** What others wrote after this comment: customers and colleagues, no machines. */
async function commentsAfter(strapi: Core.Strapi, ticketId: number, lastSeen: string | null, user: number): Promise<any[]> {
  const seen = lastSeen === null ? null : await strapi.db.query(UID.comment).findOne({ select: ['id'], where: { documentId: lastSeen, ticket: { id: ticketId } } });
  const newer = await commentsOf(strapi, ticketId, { id: { $gt: seen?.id ?? 0 }, isAutomatic: false });
  return newer.filter((comment) => comment.user?.id !== user);
}
