import type { Core } from '@strapi/strapi';
import { letOthersRun } from '../lib/let-others-run';
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

/** This many ids are looked through by one statement: some milliseconds, whatever is read of them. */
const IDS_A_RANGE = 5_000;

/** Conditions on the id that cover all records, one after the other, for what no index finds: SQLite works in this thread, and others run in between. */
export async function* idRanges(strapi: Core.Strapi, uid: OwnUid): AsyncGenerator<{ $gt: number; $lte: number }> {
  const end = async (way: 'asc' | 'desc'): Promise<number | undefined> =>
    (await rowsOf(strapi, uid).findMany({ select: ['id'], orderBy: { id: way }, limit: 1 }))[0]?.id;
  const [first, last] = [await end('asc'), await end('desc')];
  if (first === undefined || last === undefined) return;
  for (let after = Number(first) - 1; after < Number(last); after += IDS_A_RANGE) {
    yield { $gt: after, $lte: after + IDS_A_RANGE };
    await letOthersRun();
  }
}
