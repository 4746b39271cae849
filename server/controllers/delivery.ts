import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { cancelDelivery, retryDelivery, retryFailed } from '../services/outgoing/outbox';
import { OUTBOX_ATTRIBUTES, isDeliveryVisible, listDeliveries } from '../services/inbox/deliveries';
import { whereTicketVisible } from '../services/inbox/viewer';
import { sendNow } from '../services/inbox/send-later';
import { pageOf, parse, pick } from './request';
import { viewerOf } from './ticket-access';
import { DELIVERY_FILTERS } from '../../shared/vocabulary';
import { refusal } from '../services/platform/refusal';
import { say } from '../../shared/sentences/words';

const filterShape = z.object({
  state: z.enum(DELIVERY_FILTERS).optional(),
  ticket: z.string().optional(),
  page: z.unknown().optional(),
  pageSize: z.unknown().optional(),
});

const delivery = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const { data, meta } = await listDeliveries(strapi, viewerOf(ctx), parse(filterShape, ctx.query), pageOf(ctx.query));
    ctx.body = { data: data.map((row) => pick(row, [...OUTBOX_ATTRIBUTES, 'ticket'])), meta };
  },

  async retry(ctx: Context) {
    const documentId = await visibleOr404(strapi, ctx);
    if (!(await sendNow(strapi, documentId)) && !(await retryDelivery(strapi, documentId)))
      throw refusal(errors.ApplicationError, say('outgoing.left'));
    ctx.body = { data: { documentId, state: 'queued' } };
  },

  /** All that failed and did not come back: an address that does not exist is none the better for a second email. */
  async retryFailed(ctx: Context) {
    ctx.body = { data: { retried: await retryFailed(strapi, whereTicketVisible(strapi, viewerOf(ctx))) } };
  },

  async cancel(ctx: Context) {
    const documentId = await visibleOr404(strapi, ctx);
    if (!(await cancelDelivery(strapi, documentId))) throw refusal(errors.ApplicationError, say('outgoing.notWaiting'));
    ctx.body = { data: { documentId, state: 'cancelled' } };
  },
});

export default delivery;

async function visibleOr404(strapi: Core.Strapi, ctx: Context): Promise<string> {
  const documentId: string = ctx.params.id;
  if (!(await isDeliveryVisible(strapi, viewerOf(ctx), documentId))) throw refusal(errors.NotFoundError, say('outgoing.noEmail'));
  return documentId;
}
