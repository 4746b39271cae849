import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

/** Strapi's own connections, as pg-boss uses them. */

interface QueryResult {
  fields?: { name: string; dataTypeID: number }[];
  // As pg-boss has it, which knows what it asked for.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  rows: any[];
}

/** The numbers that PostgreSQL has for the types json and jsonb. */
const JSON_TYPES = [114, 3802];

/**
 * Runs a statement of pg-boss, which may be a whole transaction in one (`begin; …; commit`). One that fails ends its transaction here:
 * PostgreSQL leaves it open, and Strapi's next query on that connection would be refused. Rejects with what the database says.
 */
export async function runStatement(
  strapi: Core.Strapi,
  sql: string,
  values: readonly unknown[] = [],
): Promise<QueryResult | QueryResult[]> {
  const knex = strapi.db.connection;
  const connection = await knex.client.acquireConnection();
  try {
    return withJson(await knex.raw(sql, values as Knex.RawBinding[]).connection(connection));
  } catch (error) {
    // Without a transaction this is a notice, and a connection that is gone is taken out of the pool by Knex.
    await knex
      .raw('rollback')
      .connection(connection)
      .catch(() => {});
    throw error;
  } finally {
    await knex.client.releaseConnection(connection);
  }
}

/** Strapi has the driver hand JSON out as text, everywhere in the process; pg-boss wants the values. */
function withJson<T extends QueryResult | QueryResult[]>(results: T): T {
  for (const { fields = [], rows } of [results].flat() as QueryResult[]) {
    for (const { name } of fields.filter(({ dataTypeID }) => JSON_TYPES.includes(dataTypeID))) {
      for (const row of rows) if (typeof row[name] === 'string') row[name] = JSON.parse(row[name]);
    }
  }
  return results;
}
