import { createRequire } from 'node:module';
import type { Core } from '@strapi/strapi';

/**
 * A second connection to the site's SQLite database needs the very copy of better-sqlite3 that the first one has: of two in a process, each would
 * drop the other's locks on the file (POSIX). Knex holds it, and only Node knows where it came from.
 */
interface SqliteDriver {
  /** The path of the module. */
  driver: string;
  options: { nativeBinding?: string };
}

interface KnexClient {
  driver?: unknown;
  connectionSettings?: { options?: { nativeBinding?: string } };
}

/** Null: the site has another driver, or a database that another connection cannot open as it is. */
export function sqliteDriver(strapi: Core.Strapi): SqliteDriver | null {
  const { driver, connectionSettings } = strapi.db.connection.client as KnexClient;
  const { cache } = createRequire(__filename);
  const module = Object.values(cache).find((each) => each?.exports === driver);
  if (!driver || !module) return null;
  const nativeBinding = connectionSettings?.options?.nativeBinding;
  return { driver: module.filename, options: nativeBinding ? { nativeBinding } : {} };
}
