import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { retry } from '../lib/retry';
import { isDeadlock } from './failure';

/**
 * Tables of our own, beside the content types: what neither the Content Manager nor an export, import or transfer may
 * touch. Strapi's schema sync leaves tables that it does not know alone.
 */
export const TABLES = {
  /** Encrypted secrets by name. */
  secrets: 'mail_scanner_secrets',
  /** Who does what just now, and until when. */
  leases: 'mail_scanner_leases',
  /** The last number given out; and how often something was changed that `holdName` holds. */
  counters: 'mail_scanner_counters',
  /** What is wrong just now, and whether people were told. */
  outages: 'mail_scanner_outages',
  /** What takes longer than a moment, and how far it is. */
  work: 'mail_scanner_work',
  /** How far each administrator has read each ticket. */
  seen: 'mail_scanner_seen',
  /** Tickets of which something has changed since their times were measured. */
  unmeasured: 'mail_scanner_unmeasured',
  /** How long customers waited: a row for each time that a ticket was opened. */
  rounds: 'mail_scanner_rounds',
  /** In which states tickets are since when, and when a time trigger looks at that next. */
  waits: 'mail_scanner_waits',
  /** Which time trigger has acted on which ticket, for which time. */
  fired: 'mail_scanner_fired',
  /** What has happened to tickets and nobody was told yet. */
  news: 'mail_scanner_news',
  /** What administrators are told, each of their own. */
  notices: 'mail_scanner_notices',
  /** Who follows which ticket. */
  followers: 'mail_scanner_followers',
  /** Lists of tickets under a name. */
  views: 'mail_scanner_views',
  /** What each administrator wants to be told. */
  told: 'mail_scanner_told',
  /** Closed tickets whose customers are to be asked how content they are, and when. */
  asks: 'mail_scanner_asks',
  /** What they answered: a row for each email that asked. */
  ratings: 'mail_scanner_ratings',
  /** What they are told by email, and the digests: what waits to be sent, and what was. */
  noticeEmails: 'mail_scanner_notice_emails',
  /** Who wants to be told no more of which ticket. */
  muted: 'mail_scanner_muted',
  /** Of which tickets it was said that they are due soon, and for when. */
  dueTold: 'mail_scanner_due_told',
  /** What customers sent from their page lately, so that the same once more is no second comment. */
  pageAnswers: 'mail_scanner_page_answers',
  /** Who is not there, and when. */
  absences: 'mail_scanner_absences',
  /** What webhooks are told: what waits, what was given up, and that it was told. */
  webhookCalls: 'mail_scanner_webhook_calls',
  /** Whose mail is not let in: helpdesk/block-list.ts. */
  blocks: 'mail_scanner_blocks',
} as const;

/** How often a transaction is tried that got in the way of another one. */
const DEADLOCK_ATTEMPTS = 5;

/**
 * Runs `work` in a transaction: the calling code's when it has one (Strapi's transactions join), else a new one. Where two new ones
 * blocked each other and the database rolled one back, that one is run again: `work` leaves no traces but in the database.
 */
export async function inTransaction<T>(strapi: Core.Strapi, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  const attempts = strapi.db.inTransaction() ? 1 : DEADLOCK_ATTEMPTS;
  return retry(() => transaction(strapi, work), { attempts, stepMs: 20, isWorthIt: isDeadlock });
}

/**
 * The same, tried once: for work with traces elsewhere. Rejects when the commit failed, too, as it does on a full disk: Strapi alone
 * would not tell, because the promise of a commit that knex gives it always resolves.
 */
export async function transaction<T>(strapi: Core.Strapi, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  const joins = strapi.db.inTransaction();
  let committed: Promise<unknown> | undefined;
  const result = (await strapi.db.transaction(({ trx }) => {
    const knexTrx = trx as unknown as Knex.Transaction;
    if (!joins) committed = knexTrx.executionPromise;
    return work(knexTrx);
  })) as T;
  await committed;
  return result;
}

/**
 * One statement that reads a table: in the calling code's transaction when it has one (SQLite has no second connection), else in none, which
 * saves two waits for the database.
 */
export function readTable<T>(
  strapi: Core.Strapi,
  name: string,
  read: (table: Knex.QueryBuilder, knex: Knex) => PromiseLike<T>,
): Promise<T> {
  if (strapi.db.inTransaction()) return transaction(strapi, async (trx) => read(tableIn(strapi, trx, name), trx));
  return Promise.resolve(read(strapi.db.getConnection(name), strapi.db.connection));
}

/** A query on one of our tables (or any other, by its name) within a transaction. */
export function tableIn(strapi: Core.Strapi, trx: Knex.Transaction, name: string): Knex.QueryBuilder {
  return strapi.db.getConnection(name).transacting(trx);
}

/**
 * Holds a name until the calling code's transaction ends; whoever else wants it waits. To be called before what the name stands for is read
 * there, which need not exist yet: what is worked out from it then undoes no change that came meanwhile.
 */
export async function holdName(strapi: Core.Strapi, name: string): Promise<void> {
  await inTransaction(strapi, async (trx) => {
    const counters = () => tableIn(strapi, trx, TABLES.counters);
    const row = { name: `changes of ${name}` };
    await counters()
      .insert({ ...row, value: 0 })
      .onConflict('name')
      .ignore();
    await counters().where(row).increment('value', 1);
  });
}
