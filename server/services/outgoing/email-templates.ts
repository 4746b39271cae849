import type { Core } from '@strapi/strapi';
import { UID } from '../uids';
import { DEFAULT_BODY, DEFAULT_SUBJECT } from './change-comments';

export interface EmailTemplate {
  key: string;
  name: string;
  subject: string;
  body: string;
  sendTo: string[];
  active: boolean;
}

/** The emails that the plugin can send, with their texts as long as nobody changes them. */
export const DEFAULT_TEMPLATES: EmailTemplate[] = [
  { key: 'change-comments', name: 'Change Comments', subject: DEFAULT_SUBJECT, body: DEFAULT_BODY, sendTo: ['contactEmail'], active: true },
];

/** The template as it is saved, or else the default. Throws for a key that there is not. */
export async function templateOf(strapi: Core.Strapi, key: string): Promise<EmailTemplate> {
  const standard = DEFAULT_TEMPLATES.find((template) => template.key === key);
  if (!standard) throw new Error(`There is no email template "${key}".`);
  const saved = await strapi.db.query(UID.emailTemplate).findOne({ where: { key } });
  return saved ? { ...standard, subject: saved.subject, body: saved.body, sendTo: saved.sendTo ?? standard.sendTo, active: saved.active } : standard;
}

export async function saveTemplate(strapi: Core.Strapi, template: EmailTemplate): Promise<void> {
  const query = strapi.db.query(UID.emailTemplate);
  const saved = await query.findOne({ select: ['id'], where: { key: template.key } });
  if (saved) await query.update({ where: { id: saved.id }, data: template });
  else await query.create({ data: template });
}

export async function resetTemplate(strapi: Core.Strapi, key: string): Promise<void> {
  await strapi.db.query(UID.emailTemplate).deleteMany({ where: { key } });
}

/** The attributes that tags may name, as the content types are on this site. */
export function tagAttributes(strapi: Core.Strapi): Record<'helpdesk' | 'contacts' | 'accounts', string[]> {
  const attributes = (uid: string) =>
    Object.entries(strapi.contentType(uid as never).attributes as Record<string, { type: string }>)
      .filter(([, { type }]) => type !== 'relation')
      .map(([name]) => name);
  return { helpdesk: attributes(UID.ticket), contacts: attributes(UID.contact), accounts: attributes(UID.account) };
}
