import type { Core } from '@strapi/strapi';
import { idsHolding } from '../storage/text-index';
import { TEXT_INDEXES } from '../storage/text-index/types';
import { UID } from '../uids';

/** As many rows as words may find. */
const MOST = 500;

/** The rows whose Message-ID this is as a whole, or in whose subject, sender or reason all words begin like these: of many the newest. */
export async function idsOfLedgerSearch(strapi: Core.Strapi, search: string): Promise<number[]> {
  const words = search.trim();
  const messageId = words.replace(/^<|>$/g, '');
  const named = await strapi.db.query(UID.message).findMany({ select: ['id'], where: { messageId }, orderBy: { id: 'desc' }, limit: MOST });
  const holding = await idsHolding(strapi, TEXT_INDEXES.message, words, MOST);
  return [...new Set([...named.map(({ id }) => id as number), ...holding])];
}
