import type { Core } from '@strapi/strapi';
import { A_PIECE } from '../lib/pieces';
import { rowsOf, type Asked, type Found, type OwnUid } from './rows';

/** Many records, a piece at a time: neither memory nor a statement grows with how many there are. */

/** The records that a query finds, by ascending id and a piece at a time. */
export async function* piecesOf<U extends OwnUid, const Q extends Asked & { where: object }>(
  strapi: Core.Strapi,
  uid: U,
  query: Q,
  size = A_PIECE,
): AsyncGenerator<Found<U, Q>[]> {
  let last = 0;
  for (;;) {
    const where = { $and: [query.where, { id: { $gt: last } }] };
    const rows = await rowsOf(strapi, uid).findMany<Q>({ ...query, where, orderBy: { id: 'asc' }, limit: size });
    if (rows.length > 0) yield rows;
    if (rows.length < size) return;
    last = (rows.at(-1) as { id: number }).id;
  }
}
