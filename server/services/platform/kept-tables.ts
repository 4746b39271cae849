import type { Core } from '@strapi/strapi';

/**
 * Strapi drops the tables of a content type that is gone, with all that is in them: switching the plugin off for one start would
 * delete every ticket. It leaves alone what its core store lists as `persisted_tables` (as its own features do that a licence
 * switches), so our tables stand there.
 */

const PREFIX = 'mail_scanner_';
const KEY = { type: 'core', key: 'persisted_tables' } as const;

/** A name, or a table with those that it depends on. */
type Persisted = string | { name: string };

const nameOf = (table: Persisted): string => (typeof table === 'string' ? table : table.name);
const isOurs = (table: Persisted): boolean => nameOf(table).startsWith(PREFIX);

/** From now on, Strapi keeps our tables when it starts without the plugin. */
export async function keepTables(strapi: Core.Strapi): Promise<void> {
  const kept = await keptTables(strapi);
  const tables = (await strapi.db.dialect.schemaInspector.getTables()).filter(isOurs);
  const missing = tables.filter((table) => !kept.some((known) => nameOf(known) === table));
  if (missing.length > 0) await strapi.store!.set({ ...KEY, value: [...kept, ...missing.map((name) => ({ name }))] });
}

/** Strapi drops our tables when it next starts without the plugin. A start with the plugin keeps them again. */
export async function giveUpTables(strapi: Core.Strapi): Promise<void> {
  const kept = await keptTables(strapi);
  await strapi.store!.set({ ...KEY, value: kept.filter((table) => !isOurs(table)) });
}

async function keptTables(strapi: Core.Strapi): Promise<Persisted[]> {
  return ((await strapi.store!.get(KEY)) as Persisted[] | null) ?? [];
}

export const missingForKeptTables = (strapi: Core.Strapi): string | null =>
  typeof strapi.db?.dialect?.schemaInspector?.getTables === 'function' && typeof strapi.store === 'function'
    ? null
    : 'schema inspector and core store';
