import { AsyncLocalStorage } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import { pointsAt } from '../platform/links';
import { UID } from '../uids';
import { STATUS } from '../../../shared/vocabulary';
import { isSwitchedOn, tellClosed } from './customer-emails';
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
      ticket: {
        select: ['id', 'threadToken'],
        populate: { contact: { select: ['id'] }, scanner: { select: ['id'] }, createdBy: { select: ['id'] } },
      },
      contact: { select: ['id'] },
      user: { select: ['id'] },
    },
  });
  if (!comment?.ticket || comment.contact) return;
  if ((await strapi.db.query(UID.delivery).count({ where: { comment: { id } } })) > 0) return;
  await strapi.db.query(UID.ticket).updateMany({ where: { id: comment.ticket.id }, data: { lastActivityAt: new Date() } });
  await enqueue(strapi, {
    ticket: comment.ticket,
    comment: id,
    template: (await isFirstEmail(strapi, comment)) ? 'first-email' : null,
    heldBack: comment.user ? null : await heldBackBecause(strapi, comment.ticket),
  });
}

/** One of us has opened the ticket, and writes to the customer before anybody else has written: this answers nothing. */
async function isFirstEmail(strapi: Core.Strapi, { id, user, ticket }: any): Promise<boolean> {
  if (!user || !ticket.createdBy || !(await isSwitchedOn(strapi, 'first-email', ticket.scanner))) return false;
  const others = { $and: [pointsAt(strapi, UID.comment, 'ticket', ticket.id), { isPublic: true, id: { $ne: id } }] };
  return (await strapi.db.query(UID.comment).count({ where: others })) === 0;
}

const quiet = new AsyncLocalStorage<true>();

/** What `work` closes, no customer is told of. */
export const withoutClosingEmails = <T>(work: () => Promise<T>): Promise<T> => quiet.run(true, work);

/** From now on a customer may be told that their ticket is closed, by whatever door it is. */
export function announceClosing(strapi: Core.Strapi): void {
  strapi.db.lifecycles.subscribe({
    models: [UID.ticket],
    async beforeUpdate({ params: { data, where }, state }) {
      if (data.ticketStatus !== STATUS.closed || data.mergedInto || !where) return;
      state.wasOpen = (await strapi.db.query(UID.ticket).count({ where: { $and: [where, { ticketStatus: { $ne: STATUS.closed } }] } })) > 0;
    },
    async afterUpdate({ result, state }) {
      if (state.wasOpen && !quiet.getStore()) await tellClosed(strapi, (result as { id: number }).id);
    },
  });
}
