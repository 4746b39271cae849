import type { Core, UID as StrapiUID } from '@strapi/strapi';
import type { Knex } from 'knex';
import { UID } from '../uids';

/** Strapi's query language reads a relation from the record's side. Lists of many thousands need the join table, whose names Strapi keeps to itself. */

/** A join table, and its columns with the ids of the record that has the relation and of the one it points at. */
interface LinkTable {
  name: string;
  owner: string;
  target: string;
}

/** The table in which a relation is kept. For relations in a join table alone: those of our types that others can extend are. */
export function linkTable(strapi: Core.Strapi, uid: StrapiUID.ContentType, relation: string): LinkTable {
  const { joinTable } = strapi.db.metadata.get(uid).attributes[relation] as unknown as {
    joinTable: { name: string; joinColumn: { name: string }; inverseJoinColumn: { name: string } };
  };
  return { name: joinTable.name, owner: joinTable.joinColumn.name, target: joinTable.inverseJoinColumn.name };
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
  const { name, owner, target } = linkTable(strapi, uid, relation);
  const targets = typeof ids === 'number' ? [ids] : ids;
  return {
    id: {
      $in: strapi.db.getConnection(name).select(owner).whereIn(target, targets),
    },
  };
}

/** The same for the record of that documentId. */
export function pointsAtDocument(strapi: Core.Strapi, uid: StrapiUID.ContentType, relation: string, documentId: string): { id: object } {
  const { target } = strapi.db.metadata.get(uid).attributes[relation] as unknown as { target: StrapiUID.ContentType };
  const { tableName } = strapi.db.metadata.get(target);
  return pointsAt(strapi, uid, relation, strapi.db.getConnection(tableName).select('id').where({ document_id: documentId }));
}

/** As many rows as records point there by that relation. An index alone knows how many those are. */
export function linksTo(strapi: Core.Strapi, uid: StrapiUID.ContentType, relation: string, id: number): Knex.QueryBuilder {
  const { name, target } = linkTable(strapi, uid, relation);
  return strapi.db.getConnection(name).select(target).where(target, id);
}

export function missingForLinks(strapi: Core.Strapi): string | null {
  try {
    const { name, owner, target } = linkTable(strapi, UID.comment, 'ticket');
    return [name, owner, target].every((text) => typeof text === 'string' && text !== '') ? null : 'join table of a relation';
  } catch {
    return 'join table of a relation';
  }
}
