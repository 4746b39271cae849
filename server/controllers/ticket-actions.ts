import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { deleteTicket } from '../services/helpdesk/delete-ticket';
import { mergeTickets, NotMergeable } from '../services/inbox/merge-tickets';
import { NotSplittable, splitComment } from '../services/inbox/split-comment';
import { whereVisible, type Viewer } from '../services/inbox/viewer';
import { UID } from '../services/uids';
import { findPage, parse } from './request';
import { answerOf, findTicketOr404, viewerOf } from './ticket-access';

const mergeShape = z.object({ into: z.string('Say which ticket it goes into.').max(50) });
const splitShape = z.object({ comment: z.string('Say which message becomes a ticket.').max(50), title: z.string().max(255).optional() });

const ACTIVITY_ATTRIBUTES = ['documentId', 'kind', 'actorKind', 'actorName', 'detail', 'createdAt'];

/** What is done with a ticket as a whole, and what was. */
const ticketActions = ({ strapi }: { strapi: Core.Strapi }) => ({
  async merge(ctx: Context) {
    const source = await findTicketOr404(strapi, ctx);
    const { into } = parse(mergeShape, ctx.request.body);
    const viewer = viewerOf(ctx);
    const target = await strapi.db.query(UID.ticket).findOne({
      select: ['id'],
      where: { documentId: into, ...whereVisible(strapi, viewer) },
      populate: { mergedInto: { select: ['id'] } },
    });
    // Where a merged one has gone may be out of sight.
    if (!target || (target.mergedInto && !viewer.seesAll))
      throw new errors.NotFoundError('There is no such ticket to merge into, or not any more.');
    ctx.body = { data: await named(strapi, viewer, await orRefused(() => mergeTickets(strapi, viewer.id, source.id, target.id))) };
  },

  async split(ctx: Context) {
    const source = await findTicketOr404(strapi, ctx);
    const { comment, title } = parse(splitShape, ctx.request.body);
    const viewer = viewerOf(ctx);
    ctx.body = {
      data: await named(strapi, viewer, await orRefused(() => splitComment(strapi, viewer, source.id, { documentId: comment, title }))),
    };
    ctx.status = 201;
  },

  async delete(ctx: Context) {
    await deleteTicket(strapi, await findTicketOr404(strapi, ctx));
    ctx.body = { data: null };
  },

  async activities(ctx: Context) {
    const { id } = await findTicketOr404(strapi, ctx);
    const { data, meta } = await findPage(strapi, UID.activity, ctx.query, { where: { ticket: { id } }, orderBy: { id: 'desc' } });
    ctx.body = { data: data.map((row: any) => Object.fromEntries(ACTIVITY_ATTRIBUTES.map((name) => [name, row[name]]))), meta };
  },
});

export default ticketActions;

async function named(strapi: Core.Strapi, { reads }: Viewer, id: number) {
  const row = await strapi.db.query(UID.ticket).findOne({ select: ['documentId', 'ticketNumber', 'title'], where: { id } });
  return answerOf(reads, row, () => row);
}

/** What the helpdesk refuses, as a 400 with its reason. */
async function orRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof NotMergeable || error instanceof NotSplittable ? new errors.ApplicationError(error.message) : error;
  }
}
