import { errors } from '@strapi/utils';
import type { Core, UID as StrapiUID } from '@strapi/strapi';
import type { Knex } from 'knex';
import { say } from '../../../shared/sentences/words';
import { noteActivities } from '../helpdesk/activity';
import { linkTable } from '../platform/links';
import { refusal } from '../platform/refusal';
import { tableIn } from '../storage/tables';
import { UID } from '../uids';
import type { Viewer } from './viewer';

/** What merges of contacts and of accounts have in common. */

/** What others have written with them moves, too. Throws a 403. */
export function mustSeeAllToMerge(viewer: Viewer): void {
  if (!(viewer.reads && viewer.seesAll)) throw refusal(errors.PolicyError, say('desk.seesAllToMerge'));
}

/** Locks the two records of these documentIds, in one order for everybody. */
export async function holdPair(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  uid: (typeof UID)['contact' | 'account'],
  pair: [from: string, into: string],
): Promise<void> {
  const { tableName } = strapi.db.metadata.get(uid);
  await tableIn(strapi, trx, tableName).whereIn('document_id', pair).orderBy('id').forUpdate().select('id');
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
