import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { inTransaction, tableIn } from './tables';

/** Some rows of each group, such as the newest of each ticket, in one statement. */

type RankedRow = Record<string, unknown>;

/** Some of what a query finds and numbers; in the calling code's transaction, if there is one. */
export function ranked(
  strapi: Core.Strapi,
  ask: (from: (table: string) => Knex.QueryBuilder, raw: Knex.RawBuilder) => Knex.QueryBuilder,
  some: (found: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<RankedRow[]> {
  return inTransaction(strapi, async (trx) => {
    const found = ask((table) => tableIn(strapi, trx, table), trx.raw.bind(trx) as Knex.RawBuilder);
    return (await some(trx.queryBuilder().from(found.as('ranked')).select('*'))) as RankedRow[];
  });
}

/** The rows by the number in this column. */
export function grouped(rows: RankedRow[], name: string): Map<number, RankedRow[]> {
  const groups = new Map<number, RankedRow[]>();
  for (const row of rows) groups.set(Number(row[name]), [...(groups.get(Number(row[name])) ?? []), row]);
  return groups;
}
