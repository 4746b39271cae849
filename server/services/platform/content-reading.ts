import type { Core, UID as StrapiUID } from '@strapi/strapi';

/**
 * Entries of the site's content types as the Content Manager shows them to an administrator: its permission checker and the locales of the
 * i18n plugin are not part of Strapi's documented API.
 */

interface PermissionChecker {
  can: { read(entity?: unknown, field?: string): boolean };
  /** Adds the conditions of the administrator's roles, and takes away what they may not ask for. */
  sanitizedQuery: { read(query: object): Promise<Record<string, unknown>> };
  /** Without the fields that they may not read. */
  sanitizeOutput(entity: object): Promise<Record<string, unknown>>;
}

interface PopulateBuilder {
  populateFromQuery(query: object): PopulateBuilder;
  build(): Promise<object | undefined>;
}

const manager = <Service>(strapi: Core.Strapi, name: string) => strapi.plugin('content-manager').service(name) as Service;

export interface EntryReader {
  mayRead(field: string): boolean;
  /** Published entries with what the administrator may read of them, in one language where the type has several. */
  find(query: { filters?: object; locale: string | null; limit: number; sort?: string }): Promise<Record<string, unknown>[]>;
}

/** What an administrator may read of a content type; null when that is nothing, or there is no such type. */
export function entryReader(strapi: Core.Strapi, userAbility: unknown, uid: string): EntryReader | null {
  const type = strapi.contentTypes[uid as StrapiUID.ContentType];
  if (!type) return null;
  const checkers = manager<{ create(of: object): PermissionChecker }>(strapi, 'permission-checker');
  const checker = checkers.create({ userAbility, model: uid });
  if (!checker.can.read()) return null;
  return {
    mayRead: (field) => checker.can.read(undefined, field),
    async find({ locale, limit, ...wanted }) {
      const query = await checker.sanitizedQuery.read(wanted);
      // What the conditions of a role ask of an entry, such as who created it, is to be there when its fields are judged.
      const builder = manager<(uid: string) => PopulateBuilder>(strapi, 'populate-builder')(uid);
      const populate = await builder.populateFromQuery(query).build();
      const published = type.options?.draftAndPublish ? { status: 'published' } : {};
      // Which type it is, only the site knows.
      const documents = strapi.documents(uid as StrapiUID.ContentType) as unknown as { findMany(query: object): Promise<object[]> };
      const entries = await documents.findMany({ ...query, populate, ...(locale ? { locale } : {}), ...published, limit });
      return Promise.all(entries.map((entry) => checker.sanitizeOutput(entry)));
    },
  };
}

/** The languages of a content type's entries, the site's default first; null for a type without any. */
export async function localesOf(strapi: Core.Strapi, uid: string): Promise<string[] | null> {
  const i18n = strapi.plugins['i18n'];
  const type = strapi.contentTypes[uid as StrapiUID.ContentType];
  if (!i18n || !type || !i18n.service('content-types').isLocalizedContentType(type)) return null;
  const locales: { code: string }[] = await i18n.service('locales').find();
  const standard: string = await i18n.service('locales').getDefaultLocale();
  return [standard, ...locales.map(({ code }) => code).filter((code) => code !== standard)];
}

export function missingForContentReading(strapi: Core.Strapi): string | null {
  const services = strapi.plugins?.['content-manager']?.services;
  return services?.['permission-checker'] && services['populate-builder']
    ? null
    : 'services permission-checker and populate-builder of the Content Manager';
}
