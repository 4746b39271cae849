import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { contactWithAddresses } from '../services/privacy/belongings';
import { eraseContact, planErasure } from '../services/privacy/erasure';
import { exportArchive } from '../services/privacy/export';
import { orNotFound, parse } from './request';
import { sendStream } from './stream-body';
import { viewerOf } from './ticket-access';
import { refusal } from '../services/platform/refusal';
import { say } from '../../shared/sentences/words';

const contactData = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** All data of a contact as a zip archive. */
  async export(ctx: Context) {
    const contact = await findContact(strapi, ctx);
    const { internal } = parse(z.object({ internal: z.enum(['true', 'false']).default('false') }), ctx.query);
    ctx.set('Content-Type', 'application/zip');
    ctx.set('Content-Disposition', `attachment; filename="contact-${contact.documentId}.zip"`);
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.set('Cache-Control', 'private, no-store');
    sendStream(ctx, exportArchive(strapi, contact, { internal: internal === 'true' }));
  },

  /** What would go by a DELETE. */
  async plan(ctx: Context) {
    ctx.body = { data: await planErasure(strapi, await findContact(strapi, ctx)) };
  },

  async delete(ctx: Context) {
    const { keepBlocked } = parse(z.object({ keepBlocked: z.enum(['true', 'false']).default('false') }), ctx.query);
    ctx.body = { data: await eraseContact(strapi, await findContact(strapi, ctx), { keepsBlocked: keepBlocked === 'true' }) };
  },
});

export default contactData;

/** Throws a 403 for whoever sees their own tickets alone: what others have written with the contact goes or comes along. */
async function findContact(strapi: Core.Strapi, ctx: Context) {
  if (!viewerOf(ctx).seesAll) throw refusal(errors.PolicyError, say('desk.seesAllForData'));
  return orNotFound(contactWithAddresses(strapi, ctx.params.id));
}
