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

export interface AccountInput {
  name: string;
  domain?: string | null;
  email?: string | null;
}

const SELECT = ['id', 'documentId', 'name', 'domain', 'email', 'createdAt'] as const;
type KeptAccount = Pick<Row<'account'>, (typeof SELECT)[number]>;

/** The accounts that the viewer sees, by name, with the numbers of their tickets. */
export async function listAccounts(
  strapi: Core.Strapi,
  viewer: Viewer,
  search: string,
  page: Page,
): Promise<PageOfRecords<KeptAccount & TicketNumbers>> {
  const where = { $and: [whereAccountVisible(strapi, viewer), await whereOfAccountSearch(strapi, search)] };
  const { data, meta } = await findPage(strapi, UID.account, page, { select: SELECT, where, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
  return { data: await withNumbers(strapi, viewer, 'account', data), meta };
}

/** Null when there is none, or none that the viewer sees. */
export function findAccount(strapi: Core.Strapi, viewer: Viewer, documentId: string): Promise<KeptAccount | null> {
  const where = { $and: [{ documentId }, whereAccountVisible(strapi, viewer)] };
  return rowsOf(strapi, UID.account).findOne({ select: SELECT, where });
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
): Promise<KeptAccount | null> {
  return inTransaction(strapi, async () => {
    await holdDocument(strapi, UID.account, documentId);
    if (!(await findAccount(strapi, viewer, documentId))) return null;
    return updateDocument(strapi, UID.account, documentId, { ...input, updatedBy: viewer.id });
  });
}
