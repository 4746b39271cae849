import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

/** Without it, PostgreSQL takes a moment for a text, and MySQL compares it as one. */
const CASTS: Record<string, string> = { postgres: 'cast(? as timestamp)', mysql: 'cast(? as datetime(6))', sqlite: '?' };

/** SQL for a moment that differs from row to row; null for a row of none of these ids. */
export function momentsById(strapi: Core.Strapi, trx: Knex, moments: readonly (readonly [id: number, at: Date | null])[]): Knex.Raw {
  const cases = moments.map(() => `when ? then ${CASTS[strapi.db.dialect.client]}`);
  return trx.raw(`case id ${cases.join(' ')} end`, moments.flat() as Knex.RawBinding[]);
}
