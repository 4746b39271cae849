import type { Core, UID as StrapiUID } from '@strapi/strapi';
import type { Knex } from 'knex';
import { piecesBySize } from '../lib/pieces';
import { tableIn } from './tables';

/** Gives many records values of their own by one statement. Attributes of text and JSON alone; database lifecycles hear nothing of it. */

type Values = Record<string, unknown>;

interface Attribute {
  type: string;
  columnName: string;
}

/** The most text that a statement holds, in UTF-16 units: MySQL takes that, with what it escapes. One record alone may have more. */
const MOST_TEXT = 1_000_000;

/** All have values of the same attributes. In the calling code's transaction. */
export async function updateEach(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  uid: StrapiUID.ContentType,
  records: readonly { id: number; values: Values }[],
): Promise<void> {
  const { tableName, attributes } = strapi.db.metadata.get(uid);
  const table = () => tableIn(strapi, trx, tableName);
  for (const some of inStatements(
    records.map(({ id, values }) => ({ id, values: columnsOf(attributes as Record<string, Attribute>, values) })),
  )) {
    const columns = Object.entries(some[0].values).map(([name, { cast }]) => {
      const bindings = some.flatMap(({ id, values }) => [id, values[name].value]);
      const sql = some.map(() => `when ? then ${cast[strapi.db.dialect.client] ?? '?'}`).join(' ');
      return [name, trx.raw(`case id ${sql} end`, bindings as Knex.RawBinding[])];
    });
    await table()
      .whereIn(
        'id',
        some.map(({ id }) => id),
      )
      .update(Object.fromEntries(columns));
  }
}

interface Column {
  value: string | null;
  /** For databases that take a parameter for a text, by their clients. */
  cast: Record<string, string>;
}

const CASTS: Record<string, Record<string, string>> = { json: { postgres: 'cast(? as jsonb)' } };

function columnsOf(attributes: Record<string, Attribute>, values: Values): Record<string, Column> {
  const columns = Object.entries(values).map(([name, value]) => {
    const { type, columnName } = attributes[name];
    const isJson = type === 'json';
    const column: Column = { value: value == null ? null : isJson ? JSON.stringify(value) : String(value), cast: CASTS[type] ?? {} };
    return [columnName, column] as const;
  });
  return Object.fromEntries(columns);
}

const inStatements = <R extends { values: Record<string, Column> }>(records: readonly R[]): Generator<R[]> => {
  const sizeOf = ({ values }: R): number => Object.values(values).reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
  return piecesBySize(records, sizeOf, { count: Infinity, size: MOST_TEXT });
};
