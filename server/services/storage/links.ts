import type { Core, UID as StrapiUID } from '@strapi/strapi';
import type { Knex } from 'knex';

interface JoinTable {
  name: string;
  joinColumn: { name: string };
  inverseJoinColumn: { name: string };
}

/**
 * What asks of a record that its relation, kept in a join table, points at one of these. By a subquery on that table: the condition that Strapi
 * writes for `{ ticket: { id } }` joins from the record's side, for which SQLite reads every record there is.
 */
export function pointsAt(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  relation: string,
  ids: number | number[] | Knex.QueryBuilder,
): { id: object } {
  const { joinTable } = strapi.db.metadata.get(uid).attributes[relation] as unknown as { joinTable: JoinTable };
  const { name, joinColumn, inverseJoinColumn } = joinTable;
  const targets = typeof ids === 'number' ? [ids] : ids;
  return {
    id: {
      $in: strapi.db
        .getConnection(name)
        .select(joinColumn.name)
        .whereIn(inverseJoinColumn.name, targets as never),
    },
  };
}

/** The same for the record of that documentId. */
export function pointsAtDocument(strapi: Core.Strapi, uid: StrapiUID.ContentType, relation: string, documentId: string): { id: object } {
  const { target } = strapi.db.metadata.get(uid).attributes[relation] as unknown as { target: StrapiUID.ContentType };
  const { tableName } = strapi.db.metadata.get(target);
  return pointsAt(strapi, uid, relation, strapi.db.getConnection(tableName).select('id').where({ document_id: documentId }));
}
