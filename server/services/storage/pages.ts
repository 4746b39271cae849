import type { Core, UID as StrapiUID } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { Pagination } from '../../../shared/api/pagination';
import { linksTo } from '../platform/links';
import { countUpTo, idQuery, isMysql } from '../platform/queries';
import { addLinked, type Linked } from './linked';
import type { Found, OwnUid } from './rows';

/** Which page of a list, from 1, and how many records it has. */
export interface Page {
  page: number;
  pageSize: number;
}

interface PageOptions {
  /** Follows relations to one record only. */
  where: object;
  /** Left out for an order by `latest`. */
  orderBy?: unknown;
  /** A moment for each record that has one, to sort by: see idQuery. */
  latest?: Knex.QueryBuilder;
  populate?: object;
  /** Relations kept in join tables, and what is read of the records that they point at. */
  linked?: Record<string, Linked>;
  select?: readonly string[];
  /** Ids that relations kept in a column of the record point at; null: they point at nothing. */
  pointing?: Record<string, number | null>;
  /** A relation kept in a join table that points at nothing. */
  without?: string;
  /** Relations kept in join tables that point at these ids, asked of the few records that the other conditions leave over. */
  having?: Record<string, number>;
  /** What a search has found: of all ids, only these count. */
  among?: readonly number[];
  /** An attribute of `orderBy` of which records without a value come last, whichever way it goes. */
  nullsLast?: string;
  /**
   * Relations are asked that many records may have: MySQL and MariaDB look through the first of the list for its page. They would begin with all
   * records that have them, and sort those.
   */
  looksFirst?: boolean;
  /** Nothing is asked than whether a relation kept in a join table points at that id: its links are counted. */
  countedBy?: { relation: string; id: number };
  /** Says how many there are where that is known without counting; asked for a list of very many alone. */
  totalOfMany?: () => Promise<number | null>;
}

/** A page of records, with the numbers that Strapi's own lists put beside it. */
export interface PageOfRecords<Record = object> {
  data: Record[];
  meta: { pagination: Pagination };
}

/** With what `linked` puts into it as `populate` does. */
type Listed<U extends OwnUid, Q> = Found<U, Pick<Q, Extract<keyof Q, 'select' | 'populate'>>> &
  (Q extends { linked: infer L } ? Found<U, { select: readonly []; populate: L }> : unknown);

/** This many are counted: nobody pages through more, and the time for each list has to stay short however many there are. */
export const COUNTED = 10_000;

/** This many of the first of a list are looked through. */
const LOOKED_THROUGH = 2_000;

export async function findPage<U extends OwnUid, const Q extends PageOptions>(
  strapi: Core.Strapi,
  uid: U,
  { page, pageSize }: Page,
  options: Q,
): Promise<PageOfRecords<Listed<U, Q>>> {
  const offset = (page - 1) * pageSize;
  const { total, isExact } = await totalOf(strapi, uid, options, offset >= COUNTED);
  const ids = await idsOfPage(strapi, uid, options, { offset, limit: pageSize }, isExact ? total : null);
  const rows = (await recordsOf(strapi, uid, options, ids)) as Listed<U, Q>[];
  // Behind what was counted, at least all up to here are there.
  const known = isExact ? total : Math.max(total, ids.length > 0 ? offset + ids.length : 0);
  const pagination = {
    page,
    pageSize,
    pageCount: Math.ceil(known / pageSize),
    total: known,
    ...(isExact ? {} : { hasMore: true as const }),
  };
  return { data: rows, meta: { pagination } };
}

/** The ids of all records of a list, in no order. */
export async function idsOfAll(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  options: Omit<PageOptions, 'orderBy' | 'latest'>,
): Promise<number[]> {
  const rows = await idQuery(strapi, uid, { ...options, orderBy: undefined });
  return rows.map(({ id }: { id: number | string }) => Number(id));
}

/** Who asks for a page behind what is counted has it counted to the end: the way from there may be the shorter one. */
async function totalOf(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  options: PageOptions,
  isBehind: boolean,
): Promise<{ total: number; isExact: boolean }> {
  const { countedBy } = options;
  const query = countedBy
    ? linksTo(strapi, uid, countedBy.relation, countedBy.id)
    : idQuery(strapi, uid, { ...options, orderBy: undefined, latest: undefined });
  // Nothing else is asked of what has been found.
  const { among, without, having = {}, pointing = {} } = options;
  if (among && !without && asksNothing({ ...having, ...pointing }) && asksNothing(options.where))
    return { total: among.length, isExact: true };
  const counted = await countUpTo(strapi, query, COUNTED + 1);
  if (counted <= COUNTED) return { total: counted, isExact: true };
  const known = (await options.totalOfMany?.()) ?? (isBehind ? await countUpTo(strapi, query, null) : null);
  return known === null ? { total: COUNTED, isExact: false } : { total: Math.max(known, counted), isExact: true };
}

const asksNothing = (where: object): boolean =>
  Object.entries(where).every(([name, asked]) => name === '$and' && (asked as object[]).every(asksNothing));

/** Of a page in the second half of a long list, the way from the end is the shorter one. */
async function idsOfPage(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  options: PageOptions,
  { offset, limit }: { offset: number; limit: number },
  total: number | null,
): Promise<number[]> {
  const find = async (orderBy: unknown, place: { offset: number; limit: number }, first?: number): Promise<number[]> => {
    const query = idQuery(strapi, uid, { ...options, orderBy, first });
    return (await query.offset(place.offset).limit(place.limit)).map(({ id }: { id: number | string }) => Number(id));
  };
  const orderBy = total !== null && !options.nullsLast && !options.latest && offset > total / 2 ? reversed(options.orderBy) : null;
  if (total === null || !orderBy) {
    const isInOrder = !options.among && !options.nullsLast && !options.latest;
    const isNear = options.looksFirst && isMysql(strapi) && isInOrder && offset + limit <= LOOKED_THROUGH;
    const ids = isNear ? await find(options.orderBy, { limit, offset }, LOOKED_THROUGH) : [];
    return ids.length === limit ? ids : find(options.orderBy, { limit, offset });
  }
  const count = Math.max(0, Math.min(limit, total - offset));
  if (count === 0) return [];
  return (await find(orderBy, { limit: count, offset: total - offset - count })).reverse();
}

async function recordsOf(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  { populate, select, linked = {} }: PageOptions,
  ids: number[],
): Promise<object[]> {
  if (ids.length === 0) return [];
  const needed = select && [...new Set(['id', ...select])];
  const rows = await strapi.db
    .query(uid)
    .findMany({ where: { id: { $in: ids } }, ...(needed && { select: needed }), ...(populate ? { populate } : {}) });
  const byId = new Map(rows.map((row: { id: number }) => [Number(row.id), row]));
  await addLinked(strapi, uid, rows, linked);
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The other way round; null where the order leaves open which of two records comes first. */
function reversed(orderBy: unknown): object[] | null {
  const parts = [orderBy].flat().flatMap((part) => Object.entries(part as Record<string, unknown>));
  const isDefinite = parts.at(-1)?.[0] === 'id' && parts.every(([, way]) => way === 'asc' || way === 'desc');
  return isDefinite ? parts.map(([name, way]) => ({ [name]: way === 'asc' ? 'desc' : 'asc' })) : null;
}
