import { Readable } from 'node:stream';
import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { eraseContact, planErasure } from '../services/privacy/erasure';
import { collectExport, exportEntries, ExportTooLarge } from '../services/privacy/export';
import { zip } from '../services/storage/zip';
import { UID } from '../services/uids';
import { findOr404, parse } from './request';

const contactData = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** All data of a contact as a zip archive. */
  async export(ctx: Context) {
    const contact = await findOr404(strapi, UID.contact, ctx);
    const { internal } = parse(z.object({ internal: z.enum(['true', 'false']).default('false') }), ctx.query);
    try {
      const collected = await collectExport(strapi, contact, { internal: internal === 'true' });
      ctx.set('Content-Type', 'application/zip');
      ctx.set('Content-Disposition', `attachment; filename="contact-${contact.documentId}.zip"`);
      ctx.set('X-Content-Type-Options', 'nosniff');
      ctx.set('Cache-Control', 'private, no-store');
      ctx.body = Readable.from(zip(exportEntries(strapi, collected), new Date()));
    } catch (error) {
      throw error instanceof ExportTooLarge ? new errors.ApplicationError(error.message) : error;
    }
  },

  /** What would go by a DELETE. */
  async plan(ctx: Context) {
    ctx.body = { data: await planErasure(strapi, await findOr404(strapi, UID.contact, ctx)) };
  },

  async delete(ctx: Context) {
    ctx.body = { data: await eraseContact(strapi, await findOr404(strapi, UID.contact, ctx)) };
  },
});

export default contactData;
