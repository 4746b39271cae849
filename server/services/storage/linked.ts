import type { Core, UID as StrapiUID } from '@strapi/strapi';
import type { Knex } from 'knex';
import { linkTable } from '../platform/links';
import { readTable } from './tables';

/**
 * Records that many others point at, by relations kept in join tables. Strapi reads them together with the table that joins them: MariaDB begins
 * with the records where they are few, such as the administrators, and goes through all links that each of them has ever had.
 */

/** What is read of the records that a relation points at. Where that is the id alone, its table is not asked. */
export interface Linked {
  select: readonly string[];
  populate?: object;
}

interface Link {
  relation: string;
  owner: number;
  target: number;
}

/** Puts into these rows what they point at, as `populate` does. */
export async function addLinked(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  rows: Record<string, unknown>[],
  linked: Record<string, Linked>,
): Promise<void> {
  const ids = rows.map(({ id }) => Number(id));
  const links = await linksFrom(strapi, uid, Object.keys(linked), ids);
  for (const [name, reading] of Object.entries(linked)) {
    const { target, relation } = strapi.db.metadata.get(uid).attributes[name] as unknown as { target: string; relation: string };
    const own = links.filter((link) => link.relation === name);
    const records = await recordsOf(strapi, target, [...new Set(own.map((link) => link.target))], reading);
    for (const row of rows) {
      const its = own.filter(({ owner }) => owner === Number(row.id)).flatMap((link) => records.get(link.target) ?? []);
      row[name] = relation.endsWith('ToMany') ? its : (its[0] ?? null);
    }
  }
}

async function recordsOf(strapi: Core.Strapi, uid: string, ids: number[], { select, populate }: Linked): Promise<Map<number, object>> {
  if (select.every((name) => name === 'id') && !populate) return new Map(ids.map((id) => [id, { id }]));
  if (ids.length === 0) return new Map();
  const found = await strapi.db
    .query(uid)
    .findMany({ where: { id: { $in: ids } }, select: ['id', ...select], ...(populate && { populate }) });
  return new Map(found.map(({ id, ...record }) => [Number(id), select.includes('id') ? { id, ...record } : record]));
}

/** By one statement, in the calling code's transaction when it has one. */
async function linksFrom(strapi: Core.Strapi, uid: StrapiUID.ContentType, relations: string[], ids: number[]): Promise<Link[]> {
  if (relations.length === 0 || ids.length === 0) return [];
  const ask = (links: Knex.QueryBuilder, knex: Knex, index: number) => {
    const { owner, target } = linkTable(strapi, uid, relations[index]);
    return links.select({ relation: knex.raw(String(index)), owner, target }).whereIn(owner, ids);
  };
  const nameOf = (relation: string) => linkTable(strapi, uid, relation).name;
  const rows: Record<keyof Link, number | string>[] = await readTable(strapi, nameOf(relations[0]), (links, knex) =>
    ask(links, knex, 0).unionAll(
      relations.slice(1).map((relation, index) => ask(strapi.db.getConnection(nameOf(relation)), knex, index + 1)),
    ),
  );
  return rows.map(({ relation, owner, target }) => ({
    relation: relations[Number(relation)],
    owner: Number(owner),
    target: Number(target),
  }));
}
