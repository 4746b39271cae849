import type { Core, UID as StrapiUID } from '@strapi/strapi';
import type { Knex } from 'knex';
import { inPieces } from '../lib/pieces';
import type { ColumnOf, OwnUid } from './rows';
import { readTable } from './tables';

/**
 * Columns that may hold very much: what is written today is short enough (helpdesk/long-texts.ts), but rows of earlier releases hold whole
 * emails of any size. So nobody reads such a column as a whole; the database hands out its beginning.
 */

/** The attributes of a type that are kept in columns of their own, a site's included, without these. To be given as `select`. */
export function columnsBut<U extends OwnUid, const N extends string>(
  strapi: Core.Strapi,
  uid: U,
  without: readonly N[],
): Exclude<ColumnOf<U>, N>[] {
  const attributes = Object.entries(strapi.db.metadata.get(uid).attributes) as [string, { type: string; columnName?: string }][];
  return attributes
    .filter(([name, { columnName, type }]) => columnName && type !== 'relation' && !without.some((each) => each === name))
    .map(([name]) => name as Exclude<ColumnOf<U>, N>);
}

/** The beginnings of these texts, by the records' ids: this many characters of each. */
export async function beginningsOf<N extends string>(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  ids: readonly number[],
  names: readonly N[],
  characters: number,
): Promise<Map<number, Record<N, string | null>>> {
  const found = new Map<number, Record<N, string | null>>();
  for (const some of inPieces(ids)) {
    const rows = await inTable(strapi, uid, (table, raw) =>
      table
        .whereIn('id', some)
        .select('id', ...names.map((name) => raw('substr(??, 1, ?) as ??', [columnOf(strapi, uid, name), characters, name]))),
    );
    for (const { id, ...texts } of rows) found.set(Number(id), texts as Record<N, string | null>);
  }
  return found;
}

/** How many bytes these texts have together, by the records' ids. */
export async function bytesOf(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  ids: readonly number[],
  names: readonly string[],
): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  const sum = names.map(() => 'coalesce(octet_length(??), 0)').join(' + ');
  for (const some of inPieces(ids)) {
    const rows = await inTable(strapi, uid, (table, raw) =>
      table.whereIn('id', some).select(
        'id',
        raw(
          `${sum} as bytes`,
          names.map((name) => columnOf(strapi, uid, name)),
        ),
      ),
    );
    for (const { id, bytes } of rows) found.set(Number(id), Number(bytes));
  }
  return found;
}

interface Limits {
  names: readonly string[];
  each: number;
  all: number;
  besides?(id: number): number;
}

/**
 * As many of the records as have no more than this many bytes together, in the order given; the first one in any case. Counted are these
 * texts, of which `each` is read no further than this many bytes, and what they have `besides`.
 */
export async function withinBytes(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  ids: readonly number[],
  limits: Limits,
): Promise<number[]> {
  return fittingBytes(ids, await bytesOf(strapi, uid, ids, limits.names), limits);
}

/** The same where it is known how many bytes the records have. */
export function fittingBytes(
  ids: readonly number[],
  sizes: ReadonlyMap<number, number>,
  { names, each, all, besides = () => 0 }: Limits,
): number[] {
  let left = all;
  const enough = ids.findIndex((id, index) => {
    left -= Math.min(sizes.get(id) ?? 0, each * names.length) + besides(id);
    return index > 0 && left < 0;
  });
  return enough === -1 ? [...ids] : ids.slice(0, enough);
}

/** A text in pieces, however long it is; nothing for null. */
export async function* piecesOfText(strapi: Core.Strapi, uid: StrapiUID.ContentType, id: number, name: string): AsyncGenerator<string> {
  const characters = 500_000;
  for (let start = 1; ; start += characters) {
    const [row] = await inTable(strapi, uid, (table, raw) =>
      table.where({ id }).select(raw('substr(??, ?, ?) as piece', [columnOf(strapi, uid, name), start, characters])),
    );
    if (!row?.piece) return;
    yield row.piece as string;
  }
}

function inTable(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  ask: (table: Knex.QueryBuilder, raw: Knex.RawBuilder) => Knex.QueryBuilder,
): Promise<Record<string, unknown>[]> {
  return readTable(strapi, strapi.db.metadata.get(uid).tableName, (table, knex) => ask(table, knex.raw.bind(knex) as Knex.RawBuilder));
}

const columnOf = (strapi: Core.Strapi, uid: StrapiUID.ContentType, name: string): string =>
  (strapi.db.metadata.get(uid).attributes[name] as { columnName?: string }).columnName ?? name;
