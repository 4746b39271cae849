import type { Core, UID as StrapiUID } from '@strapi/strapi';
import { speechOf } from '../settings/settings';
import { holdName, inTransaction } from '../storage/tables';
import { UID } from '../uids';
import { FORWARD_TEMPLATE, LANGUAGES, type Language } from '../../../shared/vocabulary';
import { isAutomatic, STANDARDS, type StandardTemplate } from './standard-templates';
import { tagsOf } from './template';

interface TemplateText {
  subject: string;
  body: string;
}

export interface EmailTemplate extends TemplateText {
  key: string;
  name: string;
  /** What somebody wrote for other languages than the site's. */
  texts: Partial<Record<Language, TemplateText>>;
  sendTo: string[];
  active: boolean;
}

export const TEMPLATE_KEYS = STANDARDS.map(({ key }) => key);

/**
 * The template as it is saved, or else the default in the language of the emails. A text that was saved unchanged, along with
 * another recipient say, still counts as the default. Throws for a key that there is not.
 */
export async function templateOf(strapi: Core.Strapi, key: string): Promise<EmailTemplate> {
  const { language } = await speechOf(strapi);
  const { name, sendTo, active } = standardOf(key);
  const saved: EmailTemplate | null = await strapi.db.query(UID.emailTemplate).findOne({ where: { key } });
  const own = { key, name, sendTo: saved?.sendTo ?? sendTo, active: saved?.active ?? active, texts: saved?.texts ?? {} };
  return { ...own, ...commonText(key, saved, language) };
}

function standardOf(key: string): StandardTemplate {
  const standard = STANDARDS.find((template) => template.key === key);
  if (!standard) throw new Error(`There is no email template "${key}".`);
  return standard;
}

/** The text for all who have none in their own language: what somebody wrote, or else the default in that language. */
function commonText(key: string, saved: TemplateText | null, language: Language): TemplateText {
  const { subjectIn, bodyIn } = standardOf(key);
  const isOwn = {
    subject: saved !== null && !LANGUAGES.some((each) => subjectIn(each) === saved.subject),
    body: saved !== null && !LANGUAGES.some((each) => sameHtml(bodyIn(each), saved.body)),
  };
  return { subject: isOwn.subject ? saved!.subject : subjectIn(language), body: isOwn.body ? saved!.body : bodyIn(language) };
}

/**
 * What a template says in a language of the site, and in which language the plugin's own words in it are. Without a text of its own, a
 * language has the default, and where somebody changed that for the site, the site's.
 */
export function textIn(template: EmailTemplate, language: Language, site: Language): TemplateText & { language: Language } {
  const own = language === site ? undefined : template.texts[language];
  if (own) return { ...own, language };
  const text = commonText(template.key, template, language);
  return { ...text, language: text.body === template.body ? site : language };
}

/** Several of them, by their keys. */
export async function templatesByKey(strapi: Core.Strapi, keys: Iterable<string>): Promise<Map<string, EmailTemplate>> {
  const templates = new Map<string, EmailTemplate>();
  for (const key of keys) templates.set(key, await templateOf(strapi, key));
  return templates;
}

const sameHtml = (one: string, other: string): boolean => withoutBlanks(one) === withoutBlanks(other);
const withoutBlanks = (html: string): string => html.replace(/>\s+</g, '><').trim();

/** Makes what is saved out of the template as it is, in one transaction: nobody else changes it meanwhile. Resolves with what is saved. */
export function changeTemplate(
  strapi: Core.Strapi,
  key: string,
  change: (before: EmailTemplate) => Omit<EmailTemplate, 'key'>,
): Promise<EmailTemplate> {
  return inTransaction(strapi, async () => {
    await holdName(strapi, `email-template-${key}`);
    const template = { ...change(await templateOf(strapi, key)), key };
    const query = strapi.db.query(UID.emailTemplate);
    const saved = await query.findOne({ select: ['id'], where: { key } });
    if (saved) await query.update({ where: { id: saved.id }, data: template });
    else await query.create({ data: template });
    return template;
  });
}

export async function resetTemplate(strapi: Core.Strapi, key: string): Promise<void> {
  await strapi.db.query(UID.emailTemplate).deleteMany({ where: { key } });
}

/** The attributes that tags may name, as the content types are on this site. */
export function tagAttributes(strapi: Core.Strapi): Record<'helpdesk' | 'contacts' | 'accounts', string[]> {
  const attributes = (uid: StrapiUID.ContentType) =>
    Object.entries(strapi.contentType(uid).attributes as Record<string, { type: string }>)
      .filter(([, { type }]) => type !== 'relation')
      .map(([name]) => name);
  return { helpdesk: attributes(UID.ticket), contacts: attributes(UID.contact), accounts: attributes(UID.account) };
}

/** Without these the conversation breaks: the answer would not find its ticket, or bring the whole history along. */
export function warningsOfTemplate({ key, subject, body }: Pick<EmailTemplate, 'key' | 'subject' | 'body'>): string[] {
  const has = (text: string, attribute: string) =>
    tagsOf(text).some((tag) => tag.entity.toLowerCase() === 'helpdesk' && tag.attribute.toLowerCase().replaceAll('_', '') === attribute);
  if (key === FORWARD_TEMPLATE)
    return has(body, 'forwarded') ? [] : ['The text lacks $helpdesk-forwarded$: whoever gets it would not see what is forwarded.'];
  const warnings = [];
  if (!has(subject, 'ticketno') && !has(subject, 'ticketnumber'))
    warnings.push('The subject lacks $helpdesk-ticket_no$: an answer may not find its ticket.');
  if (key === 'satisfaction' && !has(body, 'rating'))
    warnings.push('The text lacks $helpdesk-rating$: the customer would find nothing to click on.');
  if (!isAutomatic(key) && !has(body, 'comments'))
    warnings.push('The text lacks $helpdesk-comments$: the customer would not see what was written.');
  if (!has(body, 'replyabove')) warnings.push('The text lacks $helpdesk-replyabove$: answers would bring the whole history along.');
  else if (!/^\s*(?:<[^>]*>\s*)*\$helpdesk-reply_?above\$/i.test(body))
    warnings.push('$helpdesk-replyabove$ should stand on the first line: what stands above it would be taken for the answer.');
  return warnings;
}
