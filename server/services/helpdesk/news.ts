import type { Core } from '@strapi/strapi';
import { afterCommit } from '../platform/after-commit';
import { insertValues } from '../storage/insert';
import { inTransaction, TABLES } from '../storage/tables';

/**
 * What has happened to tickets and may concern somebody: noted in the transaction of what it tells, all of a batch by one statement. The people that it
 * concerns are found after the commit (telling/spread.ts), so that an import waits for none of that.
 */

/**
 * With its record: `opened`, a ticket · `message`, somebody wrote: the comment · `assigned`: the administrator who has the ticket now ·
 * `failed`: the delivery that did not reach its recipient · `called`: the administrator who is to look, by a rule or a time trigger; none:
 * all who may · `team`: the ticket has another team now, no record · `rated`: the delivery that asked the customer · `due`: an answer or a solution is due soon, no record.
 */
export type NewsKind = 'opened' | 'message' | 'assigned' | 'failed' | 'called' | 'team' | 'rated' | 'due';

export interface News {
  kind: NewsKind;
  /** Ids, as the following. */
  ticket: number;
  record?: number;
  /** The administrator who did it; left out for customers, programs and machines. */
  by?: number;
}

/** An email that is older tells nothing new: an old mailbox is being read. */
const OLDEST_MS = 3 * 24 * 3_600_000;

/** Whether an email that came at that moment is news; one of which that is not known is. */
export const isNews = (receivedAt: Date | null): boolean => receivedAt === null || Date.now() - receivedAt.getTime() < OLDEST_MS;

const listeners = new WeakMap<Core.Strapi, () => void>();

/** From now on `work` is called after each commit with news of this process. */
export const whenNews = (strapi: Core.Strapi, work: () => void): void => void listeners.set(strapi, work);

export async function noteNews(strapi: Core.Strapi, news: News[]): Promise<void> {
  if (news.length === 0) return;
  const at = Date.now();
  const columns = ['kind', 'ticket_id', 'record_id', 'by_user', 'at'];
  const rows = news.map(({ kind, ticket, record = null, by = null }) => [kind, ticket, record, by, at]);
  await inTransaction(strapi, (trx) => insertValues(strapi, trx, { table: TABLES.news, columns }, rows));
  await afterCommit(strapi, () => listeners.get(strapi)?.());
}
