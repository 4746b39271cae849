import type { Core } from '@strapi/strapi';
import type { AccountMergePlan } from '../../../shared/api/people';
import { say } from '../../../shared/sentences/words';
import { moveOfAccount } from '../helpdesk/account-merges';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { findAccount } from './accounts';
import { countLinks, mergeInto, mustSeeAllToMerge, noteMerge } from './merging';
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
 * Puts an account into another one: contacts and tickets go there, the log of each ticket tells it, what the remaining one does not have is
 * taken over, and its domain leads to the other from then on. Resolves and throws as `mergeInto`.
 */
export const mergeAccounts = (strapi: Core.Strapi, viewer: Viewer, from: string, into: string): Promise<string | null> =>
  mergeInto(strapi, viewer, [from, into], {
    uid: UID.account,
    same: say('desk.sameAccount'),
    readPair: (where) => rowsOf(strapi, UID.account).findMany({ where, populate: { mergedInto: { select: ['id'] } } }),
    async move(trx, source, target) {
      await noteMerge(strapi, trx, 'account', { id: source.id, from: source.name, to: target.name });
      await moveOfAccount(strapi, trx, source.id, target.id);
      return { gained: { domain: target.domain || source.domain, email: target.email || source.email }, left: { email: null } };
    },
  });
