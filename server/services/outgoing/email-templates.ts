import type { Core } from '@strapi/strapi';
import { speechOf } from '../settings/settings';
import { UID } from '../uids';
import { defaultBody, DEFAULT_SUBJECT } from './change-comments';
import { LANGUAGES, type Language } from '../settings/speech';

export interface EmailTemplate {
  key: string;
  name: string;
  subject: string;
  body: string;
  sendTo: string[];
  active: boolean;
}

type Standard = Omit<EmailTemplate, 'body'> & { bodyIn(language: Language): string };

/** The emails that the plugin can send. */
const STANDARDS: Standard[] = [
  {
    key: 'change-comments',
    name: 'Change Comments',
    subject: DEFAULT_SUBJECT,
    bodyIn: defaultBody,
    sendTo: ['contactEmail'],
    active: true,
  },
];

export const TEMPLATE_KEYS = STANDARDS.map(({ key }) => key);

/**
 * The template as it is saved, or else the default in the language of the emails. A text that was saved unchanged, along with
 * another recipient say, still counts as the default. Throws for a key that there is not.
 */
export async function templateOf(strapi: Core.Strapi, key: string): Promise<EmailTemplate> {
  const standard = STANDARDS.find((template) => template.key === key);
  if (!standard) throw new Error(`There is no email template "${key}".`);
  const { bodyIn, ...others } = standard;
  const body = bodyIn((await speechOf(strapi)).language);
  const saved = await strapi.db.query(UID.emailTemplate).findOne({ where: { key } });
  if (!saved) return { ...others, body };
  const isUnchanged = LANGUAGES.some((language) => sameHtml(bodyIn(language), saved.body));
  return {
    ...others,
    subject: saved.subject,
    body: isUnchanged ? body : saved.body,
    sendTo: saved.sendTo ?? others.sendTo,
    active: saved.active,
  };
}

const sameHtml = (one: string, other: string): boolean => withoutBlanks(one) === withoutBlanks(other);
const withoutBlanks = (html: string): string => html.replace(/>\s+</g, '><').trim();

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
