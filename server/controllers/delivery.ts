import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { retryDelivery } from '../services/outgoing/outbox';
import { whereTicketVisible } from '../services/helpdesk/viewer';
import { UID } from '../services/uids';
import { findPage, parse } from './request';
import { viewerOf } from './ticket-access';

const filterShape = z.object({
  state: z.enum(['queued', 'sending', 'sent', 'failed']).optional(),
  ticket: z.string().optional(),
  page: z.unknown().optional(),
  pageSize: z.unknown().optional(),
});

const READ_ATTRIBUTES = ['documentId', 'messageId', 'fromAddress', 'fromName', 'to', 'cc', 'subject', 'state', 'attempts', 'nextAttemptAt', 'lastError', 'sentAt', 'bouncedAt', 'ticket', 'createdAt'];

const delivery = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const { state, ticket } = parse(filterShape, ctx.query);
    const where = { $and: [whereTicketVisible(viewerOf(ctx)), state ? { state } : {}, ticket ? { ticket: { documentId: ticket } } : {}] };
    const populate = { ticket: { select: ['documentId', 'ticketNumber'] } };
    const { data, meta } = await findPage(strapi, UID.delivery, ctx.query, { where, orderBy: { id: 'desc' }, populate });
    ctx.body = { data: data.map((row: any) => Object.fromEntries(READ_ATTRIBUTES.map((name) => [name, row[name]]))), meta };
  },

  async retry(ctx: Context) {
    const documentId: string = ctx.params.id;
    const found = await strapi.db.query(UID.delivery).count({ where: { documentId, ...whereTicketVisible(viewerOf(ctx)) } });
    if (found === 0) throw new errors.NotFoundError('There is no such email, or not any more.');
    if (!(await retryDelivery(strapi, documentId))) throw new errors.ApplicationError('This email has left already.');
    ctx.body = { data: { documentId, state: 'queued' } };
  },
});

export default delivery;
