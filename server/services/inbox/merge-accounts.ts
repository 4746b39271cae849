import type { Core } from '@strapi/strapi';
import type { AccountMergePlan } from '../../../shared/api/people';
import { say } from '../../../shared/sentences/words';
import { moveOfAccount } from '../helpdesk/account-merges';
import { refuse } from '../platform/refusal';
import { withoutConflicts } from '../storage/conflicts';
import { updateDocument } from '../storage/documents';
import { rowsOf } from '../storage/rows';
import { inTransaction, tableIn } from '../storage/tables';
import { UID } from '../uids';
import { findAccount } from './accounts';
import { countLinks, holdPair, mustSeeAllToMerge, noteMerge } from './merging';
import type { Viewer } from './viewer';

/** Two accounts that are one organisation become one. */

/** What `mergeAccounts` would move; null when there is no such account. Throws a 403 as it does. */
export async function planAccountMerge(strapi: Core.Strapi, viewer: Viewer, documentId: string): Promise<AccountMergePlan | null> {
  const account = await findAccount(strapi, viewer, documentId);
  if (!account) return null;
  mustSeeAllToMerge(viewer);
  const [tickets, contacts] = await Promise.all([UID.ticket, UID.contact].map((uid) => countLinks(strapi, uid, 'account', account.id)));
  return { tickets, contacts, domains: [account.domain, ...account.furtherDomains].filter((domain) => domain !== null) };
}

/**
 * Puts an account into another one, in one transaction that holds both: contacts and tickets go there, the log of each ticket tells it, what the
 * remaining one does not have is taken over, and its domain leads to the other from then on. Resolves with the documentId of the remaining one;
 * with null when one of them is not there. Throws a 403 for somebody who does not see all tickets, and a 400 for two that are one already.
 */
export function mergeAccounts(strapi: Core.Strapi, viewer: Viewer, from: string, into: string): Promise<string | null> {
  mustSeeAllToMerge(viewer);
  return withoutConflicts(() =>
    inTransaction(strapi, async (trx) => {
      await holdPair(strapi, trx, UID.account, [from, into]);
      const populate = { mergedInto: { select: ['id'] } } as const;
      const held = await rowsOf(strapi, UID.account).findMany({ where: { documentId: { $in: [from, into] } }, populate });
      const [source, target] = [from, into].map((documentId) => held.find((row) => row.documentId === documentId));
      if (!source || !target) return null;
      if (source.id === target.id || source.mergedInto || target.mergedInto)
        return refuse([{ path: ['into'], said: say('desk.sameAccount') }]);
      await noteMerge(strapi, trx, 'account', { id: source.id, from: source.name, to: target.name });
      await moveOfAccount(strapi, trx, source.id, target.id);
      const { tableName } = strapi.db.metadata.get(UID.account);
      await tableIn(strapi, trx, tableName).where({ merged_into_id: source.id }).update({ merged_into_id: target.id });
      const gained = { domain: target.domain || source.domain, email: target.email || source.email };
      await updateDocument(strapi, UID.account, into, { ...gained, updatedBy: viewer.id });
      await updateDocument(strapi, UID.account, from, { email: null, mergedInto: target.id, updatedBy: viewer.id });
      return into;
    }),
  );
}
