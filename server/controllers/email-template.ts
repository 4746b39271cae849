import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import {
  changeTemplate,
  resetTemplate,
  tagAttributes,
  TEMPLATE_KEYS,
  templateOf,
  textIn,
  warningsOfTemplate,
  type EmailTemplate,
} from '../services/outgoing/email-templates';
import { exampleTicket, newestTicket, previewTemplate } from '../services/outgoing/preview-template';
import { isAutomatic } from '../services/outgoing/standard-templates';
import { availableTags } from '../services/outgoing/tags';
import { whereVisible } from '../services/inbox/viewer';
import { orNotFound, parse } from './request';
import { viewerOf } from './ticket-access';
import { getSettings, speechOf } from '../services/settings/settings';
import { FORWARD_TEMPLATE, LANGUAGES, RECIPIENTS } from '../../shared/vocabulary';
import { schemaSays } from '../services/lib/schema-words';
import { refusal } from '../services/platform/refusal';
import { say } from '../../shared/sentences/words';
import { LINE_LENGTH } from '../../shared/lengths';

const textShape = z.object({
  subject: z.string().trim().min(1, schemaSays('form.subject')).max(1000),
  body: z.string().min(1, schemaSays('form.text')).max(200_000),
});

const templateShape = textShape.extend({
  name: z.string().trim().min(1).max(LINE_LENGTH),
  // Null takes the text of a language away.
  texts: z.object(Object.fromEntries(LANGUAGES.map((language) => [language, textShape.nullish()]))).strict(),
  sendTo: z.array(z.enum(RECIPIENTS)).min(1, schemaSays('form.recipient')),
  active: z.boolean(),
});

/** Others may have no part in a ticket that nobody has answered yet. */
const automaticShape = templateShape.extend({
  sendTo: z.array(z.literal('contactEmail', schemaSays('form.contactOnly'))).min(1, schemaSays('form.recipient')),
});

/** Its recipients are chosen each time. */
const forwardShape = templateShape.extend({ sendTo: z.array(z.enum(RECIPIENTS)).max(0) });

const previewShape = z.object({
  subject: z.string().max(1000).optional(),
  body: z.string().max(200_000).optional(),
  ticket: z.string().optional(),
  /** Left out: the site's. */
  language: z.enum(LANGUAGES).optional(),
});

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

const emailTemplate = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const templates = await Promise.all(TEMPLATE_KEYS.map((key) => templateOf(strapi, key)));
    ctx.body = { data: await Promise.all(templates.map((template) => present(strapi, template))) };
  },

  async findOne(ctx: Context) {
    ctx.body = { data: await present(strapi, await find(strapi, ctx)) };
  },

  async update(ctx: Context) {
    const { key } = await find(strapi, ctx);
    const shape = key === FORWARD_TEMPLATE ? forwardShape : isAutomatic(key) ? automaticShape : templateShape;
    const changed = await changeTemplate(strapi, key, (before) => {
      const wanted = (ctx.request.body ?? {}) as { texts?: unknown };
      const texts = isRecord(wanted.texts) ? { ...before.texts, ...wanted.texts } : (wanted.texts ?? before.texts);
      const given = parse(shape, { ...before, ...wanted, texts });
      return { ...given, texts: Object.fromEntries(Object.entries(given.texts).filter(([, text]) => text)) };
    });
    ctx.body = { data: await present(strapi, changed) };
  },

  async preview(ctx: Context) {
    const template = await find(strapi, ctx);
    const { ticket, language, ...given } = parse(previewShape, ctx.request.body);
    const site = await speechOf(strapi);
    const { language: spoken, ...text } = textIn(template, language ?? site.language, site.language);
    const viewer = viewerOf(ctx);
    const where = { ...(ticket ? { documentId: ticket } : {}), ...whereVisible(strapi, viewer) };
    const shownOn = viewer.reads ? await orNotFound(newestTicket(strapi, where), say('form.noTicketYet')) : await exampleTicket(strapi);
    ctx.body = { data: await previewTemplate(strapi, { ...template, ...text, ...given }, shownOn, { ...site, language: spoken }) };
  },

  async reset(ctx: Context) {
    const { key } = await find(strapi, ctx);
    await resetTemplate(strapi, key);
    ctx.body = { data: await present(strapi, await templateOf(strapi, key)) };
  },
});

export default emailTemplate;

async function find(strapi: Core.Strapi, ctx: Context): Promise<EmailTemplate> {
  if (!TEMPLATE_KEYS.includes(ctx.params.key)) throw refusal(errors.NotFoundError, say('form.noTemplate'));
  return templateOf(strapi, ctx.params.key);
}

async function present(strapi: Core.Strapi, template: EmailTemplate) {
  const { emailLanguage, emailLanguages } = await getSettings(strapi);
  return {
    ...template,
    isAutomatic: isAutomatic(template.key),
    // What customers of the site's other languages get, by their own text or another one.
    languages: emailLanguages
      .filter((language) => language !== emailLanguage)
      .map((language) => ({ ...textIn(template, language, emailLanguage), language, isOwn: template.texts[language] !== undefined })),
    language: emailLanguage,
    tags: availableTags(tagAttributes(strapi)),
    warnings: warningsOfTemplate(template),
  };
}
