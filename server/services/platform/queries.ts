import type { Core, UID as StrapiUID } from '@strapi/strapi';
import type { Knex } from 'knex';
import { UID } from '../uids';
import { linkTable } from './links';

/**
 * Strapi makes the SQL of a condition and runs it at once. A list needs more of the database than that: the ids of a page alone, which an
 * index holds, a count that stops, and a search that begins with what it has found.
 */

interface QueryParts {
  where: object;
  orderBy?: unknown;
  /** Ids that relations kept in a column point at; null: they point at nothing. As a condition of Strapi's, they would come with a join, which leads the planner elsewhere. */
  pointing?: Record<string, number | null>;
  /** A relation kept in a join table that points at nothing. As a condition of Strapi's, PostgreSQL expects one such record and sorts all there are. */
  without?: string;
  /** Relations kept in join tables that point at these ids, asked of the few records that the other conditions leave over. */
  having?: Record<string, number>;
  /** `id` and `at` of the records that have such a moment: those come first, the latest at the top, and the newest of the others behind. */
  latest?: Knex.QueryBuilder;
  /** The only ids that count; left out: all. */
  among?: readonly number[];
  /** Only this many count, in their order and before any other condition. */
  first?: number;
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
  { where, orderBy, pointing = {}, without, having = {}, latest, among, first }: QueryParts,
): Knex.QueryBuilder {
  const builder = strapi.db.queryBuilder(uid).init({ where, select: ['id'], ...(orderBy ? { orderBy } : {}) });
  const query: Knex.QueryBuilder = builder.getKnexQuery();
  const { attributes } = strapi.db.metadata.get(uid);
  const columnOf = (name: string) =>
    `${builder.alias}.${name === 'id' ? name : (attributes[name] as unknown as { columnName: string }).columnName}`;
  for (const [name, id] of Object.entries(pointing))
    query.where(`${builder.alias}.${(attributes[name] as unknown as { joinColumn: { name: string } }).joinColumn.name}`, id);
  if (without) pointNowhere(strapi, uid, query, builder.alias, without);
  for (const link of Object.entries(having)) pointTo(strapi, uid, query, builder.alias, link);
  if (latest)
    query
      .leftJoin(latest.clone().as('moments'), 'moments.id', `${builder.alias}.id`)
      .orderByRaw('case when ?? is null then 1 else 0 end', ['moments.at'])
      .orderBy('moments.at', 'desc')
      .orderBy(`${builder.alias}.id`, 'desc');
  if (among) query.from(rowsFor(strapi, uid, query, builder.alias).whereIn('id', among).limit(Math.max(1, among.length)).as(builder.alias));
  if (first) {
    const rows = rowsFor(strapi, uid, query, builder.alias).limit(first);
    for (const [name, way] of [orderBy].flat().flatMap((part) => Object.entries(part as Record<string, string>)))
      rows.orderBy(columnOf(name).slice(builder.alias.length + 1), way);
    query.from(rows.as(builder.alias));
  }
  return query.clearSelect().select(`${builder.alias}.id`);
}

/** The query for these columns of the records that meet a condition: that of a relation holds an id, for which Strapi would read the record. */
export function columnQuery(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  asked: { where: object; orderBy?: object; limit?: number },
  columns: Record<string, string>,
): Knex.QueryBuilder {
  const query: Knex.QueryBuilder = strapi.db.queryBuilder(uid).init(asked).getKnexQuery();
  return query.clearSelect().select(columns);
}

/** The link of the record of that id. */
function linkOf(strapi: Core.Strapi, uid: StrapiUID.ContentType, relation: string, id: string): Knex.QueryBuilder {
  const { name, owner } = linkTable(strapi, uid, relation);
  return strapi.db
    .getConnection(name)
    .select(owner)
    .whereRaw('?? = ??', [`${name}.${owner}`, id]);
}

/** As a value, the link is looked up for each record. Of "not exists", MariaDB makes a table of all links, however few records are asked. */
function pointNowhere(strapi: Core.Strapi, uid: StrapiUID.ContentType, query: Knex.QueryBuilder, alias: string, relation: string): void {
  const link = linkOf(strapi, uid, relation, `${alias}.id`);
  if (isMysql(strapi)) query.whereRaw('? is null', [link.limit(1)]);
  else query.whereNotExists(link);
}

/** Otherwise, MariaDB would begin with all that have ever pointed there, and look up each. */
function pointTo(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  query: Knex.QueryBuilder,
  alias: string,
  [relation, id]: [string, number],
): void {
  const { name, owner, target } = linkTable(strapi, uid, relation);
  if (isMysql(strapi)) query.whereRaw('? is not null', [linkOf(strapi, uid, relation, `${alias}.id`).where(target, id).limit(1)]);
  else query.whereIn(`${alias}.id`, strapi.db.getConnection(name).select(owner).where(target, id));
}

export const isMysql = (strapi: Core.Strapi): boolean => strapi.db.dialect.client === 'mysql';

/**
 * The rows of the records, to be asked that query. Without their long columns; for MySQL, which writes down what it reads of them, with those alone
 * that the query names. A limit keeps the planner from merging them into the outer query, where it might take a coarse index instead.
 */
function rowsFor(strapi: Core.Strapi, uid: StrapiUID.ContentType, query: Knex.QueryBuilder, alias: string): Knex.QueryBuilder {
  const { tableName, attributes } = strapi.db.metadata.get(uid);
  const asked = isMysql(strapi) ? query.toSQL().sql.replaceAll('`', '') : null;
  const columns = Object.values(attributes as Record<string, { type: string; columnName?: string; joinColumn?: { name: string } }>)
    .filter(({ type }) => !LONG_TYPES.includes(type))
    .flatMap(({ type, columnName, joinColumn }) => (type === 'relation' ? joinColumn?.name : columnName) ?? [])
    .filter((column) => asked === null || asked.includes(`${alias}.${column}`));
  return strapi.db.getConnection(tableName).select([...new Set(['id', ...columns])]);
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
