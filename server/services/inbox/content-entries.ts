import type { Core, UID as StrapiUID } from '@strapi/strapi';
import type { ContentEntry, ContentLink, LinkableType } from '../../../shared/api/content';
import { entryReader, localesOf, type EntryReader } from '../platform/content-reading';
import { changeStored, readStored } from '../settings/stored';
import { UID } from '../uids';
import { contentHtml } from './content-html';
import { whereVisible, type Viewer } from './viewer';

/** Entries of the site's own content types, for answers: each administrator finds what the Content Manager would show them. */

const KEY = 'content-links';
const MOST = 8;

const TITLES = ['string', 'text', 'uid'];
const PLACEHOLDERS = ['uid', 'string', 'integer', 'biginteger', 'enumeration', 'date'];
const TEXTS = ['richtext', 'blocks', 'text', 'string'];

export const getContentLinks = async (strapi: Core.Strapi): Promise<ContentLink[]> => (await readStored<ContentLink[]>(strapi, KEY)) ?? [];

export const saveContentLinks = (strapi: Core.Strapi, links: ContentLink[]): Promise<ContentLink[]> =>
  changeStored<ContentLink[]>(strapi, KEY, () => links);

/** The content types that the site has made, by their names. */
export function linkableTypes(strapi: Core.Strapi): LinkableType[] {
  return Object.values(strapi.contentTypes)
    .filter(({ uid }) => uid.startsWith('api::'))
    .map(({ uid, info, attributes }) => {
      const named = (types: string[]) =>
        Object.entries(attributes as Record<string, { type: string; private?: boolean }>)
          .filter(([, attribute]) => types.includes(attribute.type) && !attribute.private)
          .map(([name]) => name);
      return {
        uid,
        name: info.displayName,
        titles: named(TITLES),
        placeholders: [...new Set([...named(PLACEHOLDERS), 'documentId', 'locale'])],
        texts: named(TEXTS),
      };
    })
    .filter(({ titles }) => titles.length > 0)
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** In which a customer writes, '' where nobody knows; null when there is no such ticket for this viewer. */
export async function languageOfTicket(strapi: Core.Strapi, viewer: Viewer, documentId: string): Promise<string | null> {
  const ticket = await strapi.db.query(UID.ticket).findOne({
    select: ['id'],
    where: { documentId, ...whereVisible(strapi, viewer) },
    populate: { contact: { select: ['language'] } },
  });
  return ticket && ((viewer.reads && ticket.contact?.language) || '');
}

/** The names in braces in an address. */
export const placeholdersOf = (url: string): string[] => [...url.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name);

/** The address of an entry, each value encoded; null when a value is missing. A slash in a value stays: it is a path then. */
export function addressOf(url: string, entry: Record<string, unknown>): string | null {
  if (url === '' || placeholdersOf(url).some((name) => entry[name] === null || entry[name] === undefined || entry[name] === ''))
    return null;
  return url.replace(/\{([^{}]*)\}/g, (_, name: string) => String(entry[name]).split('/').map(encodeURIComponent).join('/'));
}

/** Those whose title holds these words, the last changed first, in the customer's language where the site has it, else in the site's. */
export async function contentEntries(
  strapi: Core.Strapi,
  userAbility: unknown,
  { search, language }: { search: string; language: string | null },
): Promise<ContentEntry[]> {
  const links = await getContentLinks(strapi);
  const found = await Promise.all(links.map((link) => entriesOf(strapi, userAbility, link, { search, language })));
  return found.flat().slice(0, MOST);
}

async function entriesOf(
  strapi: Core.Strapi,
  userAbility: unknown,
  link: ContentLink,
  { search, language }: { search: string; language: string | null },
): Promise<ContentEntry[]> {
  const reader = readerOf(strapi, userAbility, link);
  if (reader === null) return [];
  const filters = search === '' ? {} : { [link.title]: { $containsi: search } };
  for (const locale of inOrder(await localesOf(strapi, link.uid), language)) {
    const entries = await reader.find({ filters, locale, limit: MOST, sort: 'updatedAt:desc' });
    const shown = entries.flatMap((entry) => present(strapi, link, entry) ?? []);
    if (shown.length > 0) return shown;
  }
  return [];
}

/** Null for somebody who may not read the title: what they cannot see they cannot look for either. */
function readerOf(strapi: Core.Strapi, userAbility: unknown, { uid, title }: ContentLink): EntryReader | null {
  const reader = entryReader(strapi, userAbility, uid);
  return reader && attributeTypeOf(strapi, uid, title) && reader.mayRead(title) ? reader : null;
}

/** Undefined for an attribute that the type does not have, or not any more. */
const attributeTypeOf = (strapi: Core.Strapi, uid: string, name: string): string | undefined =>
  (strapi.contentType(uid as StrapiUID.ContentType)?.attributes as Record<string, { type: string } | undefined>)[name]?.type;

/** The language of the customer, `de` also as `de-AT`, and then the site's own. */
function inOrder(locales: string[] | null, language: string | null): (string | null)[] {
  if (locales === null) return [null];
  const [standard] = locales;
  const own = language && (locales.find((code) => code === language) ?? locales.find((code) => code.split('-')[0] === language));
  return own && own !== standard ? [own, standard] : [standard];
}

/** Null when somebody may not read this entry's title. */
function present(strapi: Core.Strapi, link: ContentLink, entry: Record<string, unknown>): ContentEntry | null {
  const title = entry[link.title];
  if (typeof title !== 'string' || title.trim() === '') return null;
  return {
    uid: link.uid,
    type: strapi.contentType(link.uid as StrapiUID.ContentType).info.displayName,
    documentId: String(entry.documentId),
    locale: (entry.locale as string | null) ?? null,
    title: title.trim(),
    url: addressOf(link.url, entry),
    hasText: link.text !== null && Boolean(entry[link.text]),
  };
}

/** The text of an entry as HTML for an answer; null when it is not there for this administrator. */
export async function contentText(
  strapi: Core.Strapi,
  userAbility: unknown,
  { uid, documentId, locale }: { uid: string; documentId: string; locale: string | null },
): Promise<string | null> {
  const link = (await getContentLinks(strapi)).find((one) => one.uid === uid);
  const reader = link?.text ? readerOf(strapi, userAbility, link) : null;
  if (!link?.text || reader === null) return null;
  const [entry] = await reader.find({ filters: { documentId }, locale, limit: 1 });
  const type = attributeTypeOf(strapi, uid, link.text);
  const value = entry?.[link.text];
  return value && type ? contentHtml(type, value) : null;
}
