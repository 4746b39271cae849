import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { compose, type ComposeInput } from '../services/outgoing/compose';
import { publicComments, readTicket, senderOf } from '../services/outgoing/compose-delivery';
import {
  resetTemplate,
  saveTemplate,
  tagAttributes,
  TEMPLATE_KEYS,
  templateOf,
  type EmailTemplate,
} from '../services/outgoing/email-templates';
import { madeUpTicket } from '../services/outgoing/made-up-ticket';
import { availableTags } from '../services/outgoing/tags';
import { tagsOf } from '../services/outgoing/template';
import { whereVisible } from '../services/inbox/viewer';
import { getSettings, speechOf } from '../services/settings/settings';
import { UID } from '../services/uids';
import { parse } from './request';
import { viewerOf } from './ticket-access';

const SEND_TO = ['contactEmail', 'accountEmail', 'assignee', 'participants'] as const;

const templateShape = z.object({
  name: z.string().trim().min(1).max(255),
  subject: z.string().trim().min(1, 'Enter a subject.').max(1000),
  body: z.string().min(1, 'Enter a text.').max(200_000),
  sendTo: z.array(z.enum(SEND_TO)).min(1, 'Choose at least one recipient.'),
  active: z.boolean(),
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
    const template = await find(strapi, ctx);
    const changed = { key: template.key, ...parse(templateShape, { ...template, ...(ctx.request.body as object) }) };
    await saveTemplate(strapi, changed);
    ctx.body = { data: present(strapi, changed) };
  },

  async preview(ctx: Context) {
    const template = await find(strapi, ctx);
    const { ticket, ...texts } = parse(
      z.object({ subject: z.string().max(1000).optional(), body: z.string().max(200_000).optional(), ticket: z.string().optional() }),
      ctx.request.body,
    );
    const viewer = viewerOf(ctx);
    const shownOn = viewer.reads
      ? await realTicket(strapi, { ...(ticket ? { documentId: ticket } : {}), ...whereVisible(strapi, viewer) })
      : madeUpTicket((await getSettings(strapi)).ticketPrefix, tagAttributes(strapi));
    ctx.body = { data: await render(strapi, { ...template, ...texts }, shownOn) };
  },

  async reset(ctx: Context) {
    const { key } = await find(strapi, ctx);
    await resetTemplate(strapi, key);
    ctx.body = { data: present(strapi, await templateOf(strapi, key)) };
  },
});

export default emailTemplate;

async function find(strapi: Core.Strapi, ctx: Context): Promise<EmailTemplate> {
  if (!TEMPLATE_KEYS.includes(ctx.params.key)) throw new errors.NotFoundError('There is no such email template.');
  return templateOf(strapi, ctx.params.key);
}

function present(strapi: Core.Strapi, template: EmailTemplate) {
  return { ...template, tags: availableTags(tagAttributes(strapi)), warnings: warningsOf(template) };
}

/** Without these the conversation breaks: the answer would not find its ticket, or bring the whole history along. */
function warningsOf({ subject, body }: EmailTemplate): string[] {
  const has = (text: string, attribute: string) =>
    tagsOf(text).some((tag) => tag.entity.toLowerCase() === 'helpdesk' && tag.attribute.toLowerCase().replaceAll('_', '') === attribute);
  const warnings = [];
  if (!has(subject, 'ticketno') && !has(subject, 'ticketnumber'))
    warnings.push('The subject lacks $helpdesk-ticket_no$: an answer may not find its ticket.');
  if (!has(body, 'comments')) warnings.push('The text lacks $helpdesk-comments$: the customer would not see what was written.');
  if (!has(body, 'replyabove')) warnings.push('The text lacks $helpdesk-replyabove$: answers would bring the whole history along.');
  else if (!/^\s*(?:<[^>]*>\s*)*\$helpdesk-reply_?above\$/i.test(body))
    warnings.push('$helpdesk-replyabove$ should stand on the first line: what stands above it would be taken for the answer.');
  return warnings;
}

type ShownOn = Pick<ComposeInput, 'ticket' | 'contact' | 'account' | 'comments'>;

/** The newest ticket of that kind. Throws a 404 when there is none. */
async function realTicket(strapi: Core.Strapi, which: object): Promise<ShownOn> {
  const found = await strapi.db.query(UID.ticket).findOne({ select: ['id'], where: which, orderBy: { id: 'desc' } });
  if (!found) throw new errors.NotFoundError('There is no ticket yet to show the email on.');
  const ticket = await readTicket(strapi, found.id);
  return { ticket, contact: ticket.contact, account: ticket.account, comments: await publicComments(strapi, ticket.id) };
}

async function render(strapi: Core.Strapi, template: EmailTemplate, shownOn: ShownOn) {
  const sender = await senderOf(strapi, (shownOn.ticket.scanner as Parameters<typeof senderOf>[1]) ?? null);
  const { subject, html, text, to, cc, unknownTags } = compose({
    ...shownOn,
    template,
    sender: { ...sender, address: sender.address || 'support@example.com' },
    speech: await speechOf(strapi),
    thread: { messageIds: [], inReplyTo: null },
  });
  return { subject, html, text, to, cc, unknownTags };
}
