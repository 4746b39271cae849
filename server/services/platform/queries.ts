import type { Core, UID as StrapiUID } from '@strapi/strapi';
import type { Knex } from 'knex';
import { UID } from '../uids';
import { linkTable } from './links';

/**
 * Strapi makes the SQL of a condition and runs it at once. A list needs more of the database than that: the ids of a page alone, which an
 * index holds, a count that stops, and a search that begins with what it has found.
 */

interface Asked {
  where: object;
  orderBy?: unknown;
  /** Ids that relations kept in a column point at; null: they point at nothing. As a condition of Strapi's, they would come with a join, which leads the planner elsewhere. */
  pointing?: Record<string, number | null>;
  /** A relation kept in a join table that points at nothing. As a condition of Strapi's, PostgreSQL expects one such record and sorts all there are. */
  without?: string;
  /** Records without a value of this attribute come last; each database has its own mind about them. */
  nullsLast?: string;
  /** `id` and `at` of the records that have such a moment: those come first, the latest at the top, and the newest of the others behind. */
  latest?: Knex.QueryBuilder;
  /** The only ids that count; left out: all. */
  among?: readonly number[];
}

/** Types of attributes whose values may be long. */
const LONG_TYPES = ['text', 'richtext', 'json', 'blocks', 'customField'];

/**
 * The query for the ids of the records that meet a condition. The condition must follow relations to one record only: each record comes
 * once, without the `distinct` for which a database would collect them all before it hands out the first.
 */
export function idQuery(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  { where, orderBy, pointing = {}, without, nullsLast, latest, among }: Asked,
): Knex.QueryBuilder {
  const builder = strapi.db.queryBuilder(uid).init({ where, select: ['id'], ...(orderBy ? { orderBy } : {}) }) as any;
  const query: Knex.QueryBuilder = builder.getKnexQuery();
  const { attributes } = strapi.db.metadata.get(uid);
  const columnOf = (name: string) =>
    `${builder.alias}.${name === 'id' ? name : (attributes[name] as unknown as { columnName: string }).columnName}`;
  for (const [name, id] of Object.entries(pointing))
    query.where(`${builder.alias}.${(attributes[name] as unknown as { joinColumn: { name: string } }).joinColumn.name}`, id);
  if (without) query.whereNotExists(linksOf(strapi, uid, without, `${builder.alias}.id`));
  if (nullsLast && orderBy) {
    query.clearOrder().orderByRaw('case when ?? is null then 1 else 0 end', [columnOf(nullsLast)]);
    for (const [name, way] of [orderBy].flat().flatMap((part) => Object.entries(part as Record<string, string>)))
      query.orderBy(columnOf(name), way);
  }
  if (latest)
    query
      .leftJoin(latest.clone().as('moments'), 'moments.id', `${builder.alias}.id`)
      .orderByRaw('case when ?? is null then 1 else 0 end', ['moments.at'])
      .orderBy('moments.at', 'desc')
      .orderBy(`${builder.alias}.id`, 'desc');
  if (among) query.from(rowsAmong(strapi, uid, among).as(builder.alias));
  return query.clearSelect().select(`${builder.alias}.id`);
}

function linksOf(strapi: Core.Strapi, uid: StrapiUID.ContentType, relation: string, id: string): Knex.QueryBuilder {
  const { name, owner } = linkTable(strapi, uid, relation);
  return strapi.db
    .getConnection(name)
    .select(owner)
    .whereRaw('?? = ??', [`${name}.${owner}`, id]);
}

/** The limit keeps the planner from merging this into the outer query, where it might take a coarse index instead of these ids. */
function rowsAmong(strapi: Core.Strapi, uid: StrapiUID.ContentType, ids: readonly number[]): Knex.QueryBuilder {
  const { tableName, attributes } = strapi.db.metadata.get(uid);
  const columns = Object.values(attributes as Record<string, { type: string; columnName?: string; joinColumn?: { name: string } }>)
    .filter(({ type }) => !LONG_TYPES.includes(type))
    .flatMap(({ type, columnName, joinColumn }) => (type === 'relation' ? joinColumn?.name : columnName) ?? []);
  return strapi.db
    .getConnection(tableName)
    .select([...new Set(columns)])
    .whereIn('id', ids)
    .limit(Math.max(1, ids.length));
}

/** How many records a query finds, up to that many; null: to the end. */
export async function countUpTo(strapi: Core.Strapi, query: Knex.QueryBuilder, most: number | null): Promise<number> {
  const found = query.clone().clearOrder();
  const some = (most === null ? found : found.limit(most)).as('some');
  const counted = await strapi.db.connection.queryBuilder().from(some).count({ count: '*' }).first();
  return Number(counted?.count ?? 0);
}

export function missingForQueries(strapi: Core.Strapi): string | null {
  try {
    const sql = idQuery(strapi, UID.ticket, { where: { title: 'x' }, orderBy: { id: 'asc' } }).toString();
    return /^select .t0.\..id. from \S+ as .t0. where /.test(sql) ? null : 'query builder';
  } catch {
    return 'query builder';
  }
}
