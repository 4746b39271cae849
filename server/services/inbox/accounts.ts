import type { Core } from '@strapi/strapi';
import { createDocument, holdDocument, updateDocument } from '../storage/documents';
import { findPage, type Page, type PageOfRecords } from '../storage/pages';
import { inTransaction } from '../storage/tables';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';
import { withNumbers, type TicketNumbers } from './people-numbers';
import { whereAccountVisible, whereOfAccountSearch } from './people-views';
import type { Viewer } from './viewer';

/** Accounts as people keep them at the panel. */

interface AccountInput {
  name: string;
  domain?: string | null;
  email?: string | null;
}

const SELECT = ['id', 'documentId', 'name', 'domain', 'email', 'createdAt'] as const;
type KeptAccount = Pick<Row<'account'>, (typeof SELECT)[number]>;

/** With the domains of those that were merged into it. */
type WholeAccount = KeptAccount & { furtherDomains: string[] };

/** The accounts that the viewer sees, by name, with the numbers of their tickets. */
export async function listAccounts(
  strapi: Core.Strapi,
  viewer: Viewer,
  search: string,
  page: Page,
): Promise<PageOfRecords<KeptAccount & TicketNumbers>> {
  const where = { $and: [whereAccountVisible(strapi, viewer), await whereOfAccountSearch(strapi, search)] };
  const { data, meta } = await findPage(strapi, UID.account, page, {
    ...{ select: SELECT, where, pointing: { mergedInto: null } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return { data: await withNumbers(strapi, viewer, 'account', data), meta };
}

/**
 * The account, with the domains of those that were merged into it; of one that was merged, the remaining one. Null when there is none, or none that
 * the viewer sees.
 */
export async function findAccount(strapi: Core.Strapi, viewer: Viewer, documentId: string): Promise<WholeAccount | null> {
  const accounts = rowsOf(strapi, UID.account);
  const known = await accounts.findOne({ select: ['id'], where: { documentId }, populate: { mergedInto: { select: ['id'] } } });
  if (!known) return null;
  const where = { $and: [{ id: known.mergedInto?.id ?? known.id }, whereAccountVisible(strapi, viewer)] };
  const account = await accounts.findOne({ select: SELECT, where });
  if (!account) return null;
  const merged = await accounts.findMany({ select: ['domain'], where: { mergedInto: { id: account.id } }, orderBy: { id: 'asc' } });
  const furtherDomains = [...new Set(merged.flatMap(({ domain }) => (domain && domain !== account.domain ? [domain] : [])))];
  return { ...account, furtherDomains };
}

export function addAccount(strapi: Core.Strapi, { id }: Viewer, input: AccountInput): Promise<KeptAccount> {
  return createDocument(strapi, UID.account, { ...input, createdBy: id, updatedBy: id });
}

/** Resolves with the account as it is then; null as `findAccount`. */
export function changeAccount(
  strapi: Core.Strapi,
  viewer: Viewer,
  documentId: string,
  input: Partial<AccountInput>,
): Promise<WholeAccount | null> {
  return inTransaction(strapi, async () => {
    await holdDocument(strapi, UID.account, documentId);
    const account = await findAccount(strapi, viewer, documentId);
    if (!account) return null;
    await updateDocument(strapi, UID.account, account.documentId, { ...input, updatedBy: viewer.id });
    return findAccount(strapi, viewer, account.documentId);
  });
}
