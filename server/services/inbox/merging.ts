import { errors } from '@strapi/utils';
import type { Core, UID as StrapiUID } from '@strapi/strapi';
import type { Knex } from 'knex';
import { say, type Said } from '../../../shared/sentences/words';
import { noteActivities } from '../helpdesk/activity';
import { linkTable } from '../platform/links';
import { refusal, refuse } from '../platform/refusal';
import { withoutConflicts } from '../storage/conflicts';
import { updateDocument } from '../storage/documents';
import { inTransaction, tableIn } from '../storage/tables';
import { UID } from '../uids';
import type { Viewer } from './viewer';

/** What merges of contacts and of accounts have in common. */

/** What others have written with them moves, too. Throws a 403. */
export function mustSeeAllToMerge(viewer: Viewer): void {
  if (!(viewer.reads && viewer.seesAll)) throw refusal(errors.PolicyError, say('desk.seesAllToMerge'));
}

interface Mergeable {
  id: number;
  documentId: string;
  mergedInto: { id: number } | null;
}

interface Merge<R extends Mergeable> {
  uid: (typeof UID)['contact' | 'account'];
  /** Says that the two are one already. */
  same: Said;
  readPair(where: { documentId: { $in: string[] } }): Promise<R[]>;
  /** Moves what belongs to the one, and says what the remaining record gains and what becomes of the other. */
  move(trx: Knex.Transaction, source: R, target: R): Promise<{ gained: object; left: object }>;
}

/**
 * Puts a record into another one, in one transaction that holds both; from then on it leads to the other, and so do those that led to it.
 * Resolves with the documentId of the remaining one; with null when one of them is not there. Throws a 403 for somebody who does not see all
 * tickets, and a 400 for two that are one already.
 */
export function mergeInto<R extends Mergeable>(
  strapi: Core.Strapi,
  viewer: Viewer,
  [from, into]: [from: string, into: string],
  { uid, same, readPair, move }: Merge<R>,
): Promise<string | null> {
  mustSeeAllToMerge(viewer);
  const table = (trx: Knex.Transaction) => tableIn(strapi, trx, strapi.db.metadata.get(uid).tableName);
  return withoutConflicts(() =>
    inTransaction(strapi, async (trx) => {
      // In one order for everybody.
      await table(trx).whereIn('document_id', [from, into]).orderBy('id').forUpdate().select('id');
      const held = await readPair({ documentId: { $in: [from, into] } });
      const [source, target] = [from, into].map((documentId) => held.find((row) => row.documentId === documentId));
      if (!source || !target) return null;
      if (source.id === target.id || source.mergedInto || target.mergedInto) return refuse([{ path: ['into'], said: same }]);
      const { gained, left } = await move(trx, source, target);
      await table(trx).where({ merged_into_id: source.id }).update({ merged_into_id: target.id });
      await updateDocument(strapi, uid, into, { ...gained, updatedBy: viewer.id });
      await updateDocument(strapi, uid, from, { ...left, mergedInto: target.id, updatedBy: viewer.id });
      return into;
    }),
  );
}

/** How many records of that type have this relation to the record of that id. */
export async function countLinks(strapi: Core.Strapi, uid: StrapiUID.ContentType, relation: string, id: number): Promise<number> {
  const { name, target } = linkTable(strapi, uid, relation);
  const counted = await strapi.db
    .getConnection(name)
    .where({ [target]: id })
    .count({ count: '*' });
  return Number(counted[0].count);
}

/** The log of each ticket that moves tells it. */
export async function noteMerge(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  relation: 'contact' | 'account',
  { id, from, to }: { id: number; from: string; to: string },
): Promise<void> {
  const { name, owner, target } = linkTable(strapi, UID.ticket, relation);
  const rows: Record<string, number>[] = await tableIn(strapi, trx, name)
    .where({ [target]: id })
    .select(owner);
  await noteActivities(
    strapi,
    rows.map((row) => ({ ticket: Number(row[owner]), kind: relation, detail: { from, to, isMerge: true } })),
  );
}
