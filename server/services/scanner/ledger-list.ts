import type { Core } from '@strapi/strapi';
import { columnsBut } from '../storage/long-columns';
import { findDocument } from '../storage/documents';
import { findPage, type Page, type PageOfRecords } from '../storage/pages';
import { UID } from '../uids';
import { whereOfLedgerSearch } from './ledger-search';

/** The ledger as the scan log shows it. */

export interface LedgerFilter {
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
};

/** What became of messages, newest first, without their traces. */
export async function listMessages(strapi: Core.Strapi, { search = '', ...filter }: LedgerFilter, page: Page): Promise<PageOfRecords> {
  return findPage(strapi, UID.message, page, {
    select: columnsBut(strapi, UID.message, ['trace', 'effects']),
    where: { ...whereOf(filter), ...(await whereOfLedgerSearch(strapi, search)) },
    orderBy: { id: 'desc' },
    populate: POPULATE,
  });
}

export const findMessage = (strapi: Core.Strapi, documentId: string): Promise<any> =>
  findDocument(strapi, UID.message, documentId, { populate: POPULATE });

/** The name of the file in which the email of this comment is kept as it came; null where it is not kept. */
export async function sourceOfComment(strapi: Core.Strapi, commentId: number): Promise<string | null> {
  const where = { comment: { id: commentId }, sourceKey: { $notNull: true } };
  return (await strapi.db.query(UID.message).findOne({ select: ['sourceKey'], where }))?.sourceKey ?? null;
}

function whereOf({ scanner, outcome, since, until, ticket }: LedgerFilter): object {
  const received = { ...(since ? { $gte: since } : {}), ...(until ? { $lte: until } : {}) };
  return {
    forgottenAt: { $null: true },
    ...(scanner ? { scanner: { documentId: scanner } } : {}),
    ...(ticket ? { ticket: { documentId: ticket } } : {}),
    ...(outcome ? { outcome } : {}),
    ...(since || until ? { createdAt: received } : {}),
  };
}
