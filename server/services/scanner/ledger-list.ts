import type { Core } from '@strapi/strapi';
import { columnsBut } from '../storage/long-columns';
import { findDocument } from '../storage/documents';
import { findPage, type Page, type PageOfRecords } from '../storage/pages';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';
import { idsOfLedgerSearch } from './ledger-search';

/** The ledger as the scan log shows it. */

interface LedgerFilter {
  /** A documentId, as is `ticket`. */
  scanner?: string;
  ticket?: string;
  outcome?: string;
  since?: Date;
  until?: Date;
  search?: string;
}

const POPULATE = {
  scanner: { select: ['documentId', 'name'] },
  rule: { select: ['documentId', 'name'] },
  ticket: { select: ['documentId', 'ticketNumber'] },
} as const;

/**
 * As the indexes have it, and the same as by id but where a clock went back. PostgreSQL follows them only when their first column is named,
 * though it is null for all; MariaDB only when it is not.
 */
const newestFirst = (strapi: Core.Strapi): object[] => [
  ...(strapi.db.dialect.client === 'postgres' ? [{ forgottenAt: 'desc' }] : []),
  { createdAt: 'desc' },
  { id: 'desc' },
];

/** What became of messages, newest first, without their traces. */
export async function listMessages(
  strapi: Core.Strapi,
  { search = '', ...filter }: LedgerFilter,
  page: Page,
): Promise<PageOfRecords<Omit<Row<'message', typeof POPULATE>, 'trace' | 'effects'>>> {
  const among = search.trim() ? await idsOfLedgerSearch(strapi, search) : undefined;
  return findPage(strapi, UID.message, page, {
    select: columnsBut(strapi, UID.message, ['trace', 'effects']),
    where: whereOf(filter, among !== undefined),
    pointing: await pointingOf(strapi, filter),
    among,
    orderBy: newestFirst(strapi),
    populate: POPULATE,
  });
}

export const findMessage = (strapi: Core.Strapi, documentId: string): Promise<Row<'message', typeof POPULATE> | null> =>
  findDocument(strapi, UID.message, documentId, { populate: POPULATE });

/** The name of the file in which the email of this comment is kept as it came; null where it is not kept. */
export async function sourceOfComment(strapi: Core.Strapi, commentId: number): Promise<string | null> {
  const where = { comment: { id: commentId }, sourceKey: { $notNull: true } };
  return (await rowsOf(strapi, UID.message).findOne({ select: ['sourceKey'], where }))?.sourceKey ?? null;
}

/**
 * What was forgotten has no ticket and no words any more: asked for all the same, it would have the planner take the index on that instead
 * of the few rows of a ticket.
 */
function whereOf({ outcome, since, until, ticket }: LedgerFilter, isSearched: boolean): object {
  const received = { ...(since ? { $gte: since } : {}), ...(until ? { $lte: until } : {}) };
  return {
    ...(ticket || isSearched ? {} : { forgottenAt: { $null: true } }),
    ...(outcome ? { outcome } : {}),
    ...(since || until ? { createdAt: received } : {}),
  };
}

async function pointingOf(strapi: Core.Strapi, { scanner, ticket }: LedgerFilter): Promise<Record<string, number>> {
  return {
    ...(scanner ? { scanner: await idOf(strapi, UID.scanner, scanner) } : {}),
    ...(ticket ? { ticket: await idOf(strapi, UID.ticket, ticket) } : {}),
  };
}

/** The id of that document; 0, which no record has, where there is none. */
async function idOf(strapi: Core.Strapi, uid: (typeof UID)['scanner' | 'ticket'], documentId: string): Promise<number> {
  return (await strapi.db.query(uid).findOne({ select: ['id'], where: { documentId } }))?.id ?? 0;
}
