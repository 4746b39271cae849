import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { cancelDelivery, retryDelivery, retryFailed } from '../services/outgoing/outbox';
import { whereTicketVisible } from '../services/inbox/viewer';
import { UID } from '../services/uids';
import { findPage, parse } from './request';
import { viewerOf } from './ticket-access';

/** What a state of the filter asks of a delivery. A bounce came after the server had taken the email. */
const STATES: Record<string, object> = {
  queued: { state: 'queued' },
  sending: { state: 'sending' },
  sent: { state: 'sent' },
  failed: { state: 'failed' },
  bounced: { bouncedAt: { $notNull: true } },
  cancelled: { state: 'cancelled' },
};

const filterShape = z.object({
  state: z.enum(Object.keys(STATES) as [string, ...string[]]).optional(),
  ticket: z.string().optional(),
  page: z.unknown().optional(),
  pageSize: z.unknown().optional(),
});

const READ_ATTRIBUTES = [
  'documentId',
  'messageId',
  'fromAddress',
  'fromName',
  'to',
  'cc',
  'subject',
  'state',
  'attempts',
  'nextAttemptAt',
  'lastError',
  'sentAt',
  'bouncedAt',
  'ticket',
  'createdAt',
];

const delivery = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const { state, ticket } = parse(filterShape, ctx.query);
    const where = {
      $and: [whereTicketVisible(strapi, viewerOf(ctx)), state ? STATES[state] : {}, ticket ? { ticket: { documentId: ticket } } : {}],
    };
    const populate = { ticket: { select: ['documentId', 'ticketNumber', 'title'] } };
    const { data, meta } = await findPage(strapi, UID.delivery, ctx.query, {
      select: READ_ATTRIBUTES.filter((name) => name !== 'ticket'),
      where,
      orderBy: { id: 'desc' },
      populate,
    });
    ctx.body = { data: data.map((row: any) => Object.fromEntries(READ_ATTRIBUTES.map((name) => [name, row[name]]))), meta };
  },

  async retry(ctx: Context) {
    const documentId = await visibleOr404(strapi, ctx);
    if (!(await retryDelivery(strapi, documentId))) throw new errors.ApplicationError('This email has left already.');
    ctx.body = { data: { documentId, state: 'queued' } };
  },

  /** All that failed and did not come back: an address that does not exist is none the better for a second email. */
  async retryFailed(ctx: Context) {
    ctx.body = { data: { retried: await retryFailed(strapi, whereTicketVisible(strapi, viewerOf(ctx))) } };
  },

  async cancel(ctx: Context) {
    const documentId = await visibleOr404(strapi, ctx);
    if (!(await cancelDelivery(strapi, documentId))) throw new errors.ApplicationError('This email is not waiting any more.');
    ctx.body = { data: { documentId, state: 'cancelled' } };
  },
});

export default delivery;

async function visibleOr404(strapi: Core.Strapi, ctx: Context): Promise<string> {
  const documentId: string = ctx.params.id;
  const found = await strapi.db.query(UID.delivery).count({ where: { documentId, ...whereTicketVisible(strapi, viewerOf(ctx)) } });
  if (found === 0) throw new errors.NotFoundError('There is no such email, or not any more.');
  return documentId;
}
