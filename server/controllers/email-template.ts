import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import {
  changeTemplate,
  resetTemplate,
  tagAttributes,
  TEMPLATE_KEYS,
  templateOf,
  warningsOfTemplate,
  type EmailTemplate,
} from '../services/outgoing/email-templates';
import { exampleTicket, newestTicket, previewTemplate } from '../services/outgoing/preview-template';
import { isAutomatic } from '../services/outgoing/standard-templates';
import { availableTags } from '../services/outgoing/tags';
import { whereVisible } from '../services/inbox/viewer';
import { orNotFound, parse } from './request';
import { viewerOf } from './ticket-access';
import { RECIPIENTS } from '../../shared/vocabulary';
import { schemaSays } from '../services/lib/schema-words';
import { refusal } from '../services/platform/refusal';
import { say } from '../../shared/sentences/words';

const templateShape = z.object({
  name: z.string().trim().min(1).max(255),
  subject: z.string().trim().min(1, schemaSays('form.subject')).max(1000),
  body: z.string().min(1, schemaSays('form.text')).max(200_000),
  sendTo: z.array(z.enum(RECIPIENTS)).min(1, schemaSays('form.recipient')),
  active: z.boolean(),
});

/** Others may have no part in a ticket that nobody has answered yet. */
const automaticShape = templateShape.extend({
  sendTo: z.array(z.literal('contactEmail', schemaSays('form.contactOnly'))).min(1, schemaSays('form.recipient')),
});

const emailTemplate = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const templates = await Promise.all(TEMPLATE_KEYS.map((key) => templateOf(strapi, key)));
    ctx.body = { data: templates.map((template) => present(strapi, template)) };
  },

  async findOne(ctx: Context) {
    ctx.body = { data: present(strapi, await find(strapi, ctx)) };
  },

  async update(ctx: Context) {
    const { key } = await find(strapi, ctx);
    const shape = isAutomatic(key) ? automaticShape : templateShape;
    const changed = await changeTemplate(strapi, key, (before) => parse(shape, { ...before, ...(ctx.request.body as object) }));
    ctx.body = { data: present(strapi, changed) };
  },

  async preview(ctx: Context) {
    const template = await find(strapi, ctx);
    const { ticket, ...texts } = parse(
      z.object({ subject: z.string().max(1000).optional(), body: z.string().max(200_000).optional(), ticket: z.string().optional() }),
      ctx.request.body,
    );
    const viewer = viewerOf(ctx);
    const where = { ...(ticket ? { documentId: ticket } : {}), ...whereVisible(strapi, viewer) };
    const shownOn = viewer.reads ? await orNotFound(newestTicket(strapi, where), say('form.noTicketYet')) : await exampleTicket(strapi);
    ctx.body = { data: await previewTemplate(strapi, { ...template, ...texts }, shownOn) };
  },

  async reset(ctx: Context) {
    const { key } = await find(strapi, ctx);
    await resetTemplate(strapi, key);
    ctx.body = { data: present(strapi, await templateOf(strapi, key)) };
  },
});

export default emailTemplate;

async function find(strapi: Core.Strapi, ctx: Context): Promise<EmailTemplate> {
  if (!TEMPLATE_KEYS.includes(ctx.params.key)) throw refusal(errors.NotFoundError, say('form.noTemplate'));
  return templateOf(strapi, ctx.params.key);
}

function present(strapi: Core.Strapi, template: EmailTemplate) {
  return {
    ...template,
    isAutomatic: isAutomatic(template.key),
    tags: availableTags(tagAttributes(strapi)),
    warnings: warningsOfTemplate(template),
  };
}
