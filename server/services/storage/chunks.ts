import type { Core, UID as StrapiUID } from '@strapi/strapi';
import { A_PIECE } from '../lib/pieces';

/** Many records, a piece at a time: neither memory nor a statement grows with how many there are. */

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
      .findMany({ ...query, where: { $and: [where, { id: { $gt: last } }] }, orderBy: { id: 'asc' }, limit: size })) as T[];
    if (rows.length > 0) yield rows;
    if (rows.length < size) return;
    last = rows.at(-1)!.id;
  }
}
