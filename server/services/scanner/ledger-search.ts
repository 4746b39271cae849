import type { Core } from '@strapi/strapi';
import { idsHolding, TEXT_INDEXES } from '../storage/text-index';

/** As many rows as words may find. */
const MOST = 1_000;

/** What a search asks of a row of the ledger: its whole Message-ID, or words that begin like these in subject, sender or reason. */
export async function whereOfLedgerSearch(strapi: Core.Strapi, search: string): Promise<object> {
  const words = search.trim();
  if (!words) return {};
  const messageId = words.replace(/^<|>$/g, '');
  const ids = await idsHolding(strapi, TEXT_INDEXES.message, words, MOST);
  // An empty list beside it would keep SQLite from using the index of Message-IDs.
  return ids.length === 0 ? { messageId } : { $or: [{ messageId }, { id: { $in: ids } }] };
}
