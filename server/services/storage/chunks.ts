import type { Core, UID as StrapiUID } from '@strapi/strapi';

/** Many records, a piece at a time: neither memory nor a statement grows with how many there are. */

/** SQLite takes 999 parameters a statement in its older builds, and Strapi asks for the relations of all records that one query finds. */
export const A_PIECE = 500;

/** The list in pieces, for conditions of the form `$in`. */
export function inPieces<T>(list: readonly T[], size = A_PIECE): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
}

interface Query {
  where: object;
  select?: string[];
  populate?: unknown;
}

/** The records that a query finds, by ascending id and a piece at a time. */
export async function* piecesOf<T extends { id: number } = any>(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  { where, ...query }: Query,
  size = A_PIECE,
): AsyncGenerator<T[]> {
  let last = 0;
  for (;;) {
    const rows = (await strapi.db
      .query(uid)
      .findMany({ ...query, where: { $and: [where, { id: { $gt: last } }] }, orderBy: { id: 'asc' }, limit: size } as never)) as T[];
    if (rows.length > 0) yield rows;
    if (rows.length < size) return;
    last = rows.at(-1)!.id;
  }
}
