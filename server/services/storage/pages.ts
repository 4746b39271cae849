import type { Core, UID as StrapiUID } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { Pagination } from '../../../shared/api/pagination';
import { inPieces } from '../lib/pieces';
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
  /** A moment for each record that has one, to sort by: see idQuery. `first`: the ids of those that have the latest ones, in their order. */
  latest?: { all(): Knex.QueryBuilder; first(): Promise<number[]> };
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
  /** The attribute of `orderBy`. Records without a value come last, whichever way it goes, and the newest of them first. */
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
  options: Omit<PageOptions, 'orderBy' | 'latest' | 'nullsLast'>,
): Promise<number[]> {
  const rows = await idQuery(strapi, uid, options);
  return rows.map(({ id }: { id: number | string }) => Number(id));
}

/** The ids that a query finds; null: more than are counted. */
export async function idsCounted(query: Knex.QueryBuilder): Promise<number[] | null> {
  const rows: { id: number | string }[] = await query.limit(COUNTED + 1);
  return rows.length > COUNTED ? null : rows.map(({ id }) => Number(id));
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

interface Place {
  offset: number;
  limit: number;
}

type IdsOfPage = (
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  options: PageOptions,
  place: Place,
  total: number | null,
) => Promise<number[]>;

const idsOfPage: IdsOfPage = (strapi, uid, options, place, total) => {
  if (options.nullsLast) return idsWithNullsLast(strapi, uid, options, options.nullsLast, place);
  if (options.latest) return idsOfLatest(strapi, uid, options, options.latest, place);
  return idsInOrder(strapi, uid, options, place, total);
};

async function idsOf(query: Knex.QueryBuilder, { offset, limit }: Place): Promise<number[]> {
  return (await query.offset(offset).limit(limit)).map(({ id }: { id: number | string }) => Number(id));
}

/** Those that have a value, from its index, and then the others: no index has them in one order. */
async function idsWithNullsLast(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  { where, latest: _, ...options }: PageOptions,
  name: string,
  { offset, limit }: Place,
): Promise<number[]> {
  const having = (value: object, orderBy?: unknown) =>
    idQuery(strapi, uid, { ...options, where: { $and: [where, { [name]: value }] }, orderBy });
  const some = await idsOf(having({ $notNull: true }, options.orderBy), { offset, limit });
  if (some.length === limit) return some;
  const before = some.length > 0 ? offset + some.length : await countUpTo(strapi, having({ $notNull: true }), offset);
  const rest = { offset: offset + some.length - before, limit: limit - some.length };
  return [...some, ...(await idsOf(having({ $null: true }, [{ id: 'desc' }]), rest))];
}

/** Those with the latest moments come first, and mostly nothing else is asked for. */
async function idsOfLatest(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  { orderBy: _, latest: __, ...options }: PageOptions,
  latest: NonNullable<PageOptions['latest']>,
  place: Place,
): Promise<number[]> {
  const end = place.offset + place.limit;
  const asked = options.among && new Set(options.among);
  const met: number[] = [];
  // A few at a time: mostly the first of them are enough.
  for (const some of inPieces(
    (await latest.first()).filter((id) => !asked || asked.has(id)),
    100,
  )) {
    const found = new Set(await idsOfAll(strapi, uid, { ...options, among: some }));
    met.push(...some.filter((id) => found.has(id)));
    if (met.length >= end) break;
  }
  const ids = met.slice(place.offset, end);
  return ids.length === place.limit ? ids : idsOf(idQuery(strapi, uid, { ...options, latest: latest.all() }), place);
}

/** Of a page in the second half of a long list, the way from the end is the shorter one. */
async function idsInOrder(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  { latest: _, ...options }: PageOptions,
  { offset, limit }: Place,
  total: number | null,
): Promise<number[]> {
  const find = (orderBy: unknown, place: Place, first?: number): Promise<number[]> =>
    idsOf(idQuery(strapi, uid, { ...options, orderBy, first }), place);
  const orderBy = total !== null && offset > total / 2 ? reversed(options.orderBy) : null;
  if (total === null || !orderBy) {
    const isNear = options.looksFirst && isMysql(strapi) && !options.among && offset + limit <= LOOKED_THROUGH;
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
