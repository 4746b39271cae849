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

const DEFINITIONS: Record<keyof typeof TABLES, (table: Knex.CreateTableBuilder) => void> = {
  secrets: (table) => {
    table.string('name', 191).primary();
    table.text('value', 'longtext').notNullable();
  },
  leases: (table) => {
    table.string('name', 191).primary();
    table.string('owner', 64).notNullable();
    // Milliseconds since 1970.
    table.bigInteger('until').notNullable();
  },
  outages: (table) => {
    table.string('name', 191).primary();
    table.string('kind', 64).notNullable();
    table.string('scanner_name', 255);
    // Milliseconds since 1970, both.
    table.bigInteger('since').notNullable();
    table.bigInteger('told');
    table.integer('attempts').notNullable();
  },
  work: (table) => {
    table.string('id', 36).primary();
    table.string('kind', 32).notNullable();
    // A documentId, and what it is called.
    table.string('subject', 191);
    table.string('subject_name', 255);
    // The id of an administrator.
    table.integer('started_by');
    // Milliseconds since 1970, as the following.
    table.bigInteger('started_at').notNullable();
    table.bigInteger('beat_at').notNullable();
    table.bigInteger('stop_asked_at');
    table.bigInteger('ended_at');
    table.string('ended_how', 16);
    table.integer('done').notNullable();
    table.integer('total');
    table.text('details', 'longtext').notNullable();
    table.index('started_at', 'mail_scanner_work_started');
  },
  seen: (table) => {
    table.integer('user_id').notNullable();
    table.integer('ticket_id').notNullable();
    table.integer('comment_id').notNullable();
    table.primary(['user_id', 'ticket_id']);
    table.index(['ticket_id'], 'ms_seen_ticket');
  },
  unmeasured: (table) => {
    table.integer('ticket_id').primary();
    // Differs from change to change, so that one that comes while the ticket is measured is not lost.
    table.string('mark', 36).notNullable();
  },
  rounds: (table) => {
    table.integer('ticket_id').notNullable();
    table.integer('number').notNullable();
    // Whose it was when it was measured: the ids of an administrator and of a scanner.
    table.integer('assignee_id');
    table.integer('scanner_id');
    // Milliseconds since 1970, and so the same on every database; as the following.
    table.bigInteger('opened_at').notNullable();
    table.bigInteger('asked_at');
    table.bigInteger('answered_at');
    table.integer('answered_by');
    table.bigInteger('resolved_at');
    table.bigInteger('response_due');
    table.bigInteger('resolution_due');
    // Seconds, of all hours and of those that count.
    table.integer('response_s');
    table.integer('response_counted_s');
    table.integer('resolution_s');
    table.integer('resolution_counted_s');
    table.primary(['ticket_id', 'number']);
    table.index(['opened_at'], 'ms_rounds_opened');
    table.index(['answered_at'], 'ms_rounds_answered');
    table.index(['resolved_at'], 'ms_rounds_resolved');
  },
  waits: (table) => {
    table.integer('ticket_id').notNullable();
    table.string('state', 32).notNullable();
    // Milliseconds since 1970, both. Null: no trigger waits for it.
    table.bigInteger('since').notNullable();
    table.bigInteger('next_at');
    table.primary(['ticket_id', 'state']);
    table.index(['next_at'], 'ms_wait_next');
    table.index(['state', 'since'], 'ms_wait_since');
  },
  fired: (table) => {
    table.integer('trigger_id').notNullable();
    table.integer('ticket_id').notNullable();
    // Milliseconds since 1970: since when the ticket was in that state, and when the trigger acted.
    table.bigInteger('since').notNullable();
    table.bigInteger('at').notNullable();
    table.primary(['trigger_id', 'ticket_id', 'since']);
    table.index(['ticket_id'], 'ms_fired_ticket');
  },
  news: (table) => {
    table.increments('id');
    table.string('kind', 16).notNullable();
    table.integer('ticket_id').notNullable();
    // The id of a comment, a delivery or an administrator, as the kind has it.
    table.integer('record_id');
    table.integer('by_user');
    // Milliseconds since 1970.
    table.bigInteger('at').notNullable();
  },
  notices: (table) => {
    table.increments('id');
    table.integer('news_id').notNullable();
    table.integer('user_id').notNullable();
    table.integer('ticket_id').notNullable();
    table.integer('comment_id');
    table.string('kind', 16).notNullable();
    table.integer('by_user');
    // Milliseconds since 1970, both.
    table.bigInteger('at').notNullable();
    table.bigInteger('read_at');
    table.unique(['news_id', 'user_id'], { indexName: 'ms_notice_once' });
    table.index(['user_id', 'read_at'], 'ms_notice_unread');
    table.index(['ticket_id'], 'ms_notice_ticket');
    table.index(['comment_id'], 'ms_notice_comment');
    table.index(['at'], 'ms_notice_at');
  },
  followers: (table) => {
    table.integer('user_id').notNullable();
    table.integer('ticket_id').notNullable();
    table.primary(['user_id', 'ticket_id']);
    table.index(['ticket_id'], 'ms_follower_ticket');
  },
  views: (table) => {
    table.string('id', 36).primary();
    // The id of an administrator; 0: the team's.
    table.integer('owner_id').notNullable();
    table.string('name', 255).notNullable();
    // As it is compared.
    table.string('folded_name', 120).notNullable();
    table.integer('place').notNullable();
    // JSON: ViewFilters.
    table.text('filters', 'longtext').notNullable();
    table.unique(['owner_id', 'folded_name'], { indexName: 'ms_view_name' });
  },
  told: (table) => {
    table.integer('user_id').primary();
    // JSON; see telling/choices.ts.
    table.text('choices', 'longtext').notNullable();
  },
  asks: (table) => {
    table.integer('ticket_id').primary();
    // Milliseconds since 1970.
    table.bigInteger('due_at').notNullable();
    table.index(['due_at'], 'ms_asks_due');
  },
  ratings: (table) => {
    table.integer('delivery_id').primary();
    table.integer('ticket_id').notNullable();
    table.integer('contact_id');
    // Whose it was then.
    table.integer('assignee_id');
    table.integer('scanner_id');
    table.string('score', 8).notNullable();
    table.text('comment', 'longtext');
    // Milliseconds since 1970: the first answer.
    table.bigInteger('rated_at').notNullable();
    table.index(['ticket_id'], 'ms_ratings_ticket');
    table.index(['rated_at'], 'ms_ratings_at');
    table.index(['contact_id'], 'ms_ratings_contact');
  },
  noticeEmails: (table) => {
    table.increments('id');
    // The id of the news, or the day of a digest.
    table.string('cause', 48).notNullable();
    table.integer('user_id').notNullable();
    table.integer('ticket_id');
    table.integer('comment_id');
    table.string('kind', 16).notNullable();
    table.integer('by_user');
    // Milliseconds since 1970, as the following.
    table.bigInteger('at').notNullable();
    // The same for all that are told by one email; null as long as nobody has tried to send it.
    table.string('mark', 120);
    table.integer('attempts').notNullable();
    table.bigInteger('next_at');
    table.bigInteger('sent_at');
    table.unique(['cause', 'user_id'], { indexName: 'ms_notice_email_once' });
    table.index(['next_at'], 'ms_notice_email_next');
    table.index(['user_id', 'sent_at'], 'ms_notice_email_sent');
    table.index(['ticket_id'], 'ms_notice_email_ticket');
    table.index(['comment_id'], 'ms_notice_email_comment');
    table.index(['at'], 'ms_notice_email_at');
  },
  muted: (table) => {
    table.integer('user_id').notNullable();
    table.integer('ticket_id').notNullable();
    table.primary(['user_id', 'ticket_id']);
    table.index(['ticket_id'], 'ms_muted_ticket');
  },
  dueTold: (table) => {
    table.integer('ticket_id').primary();
    // Milliseconds since 1970.
    table.bigInteger('due_at').notNullable();
  },
  pageAnswers: (table) => {
    table.integer('ticket_id').notNullable();
    // Random, from the page.
    table.string('answer_key', 64).notNullable();
    // Milliseconds since 1970.
    table.bigInteger('at').notNullable();
    table.primary(['ticket_id', 'answer_key']);
    table.index(['at'], 'ms_page_answers_at');
  },
  absences: (table) => {
    table.integer('user_id').primary();
    // Days of the site's time zone, as 2026-11-30, both included.
    table.string('from_day', 10).notNullable();
    table.string('until_day', 10).notNullable();
  },
  webhookCalls: (table) => {
    table.increments('id');
    // The `webhook-id`, the same at each attempt.
    table.string('call_id', 36).notNullable();
    // The documentId of the webhook.
    table.string('webhook', 64).notNullable();
    // The name of the rule or the time trigger.
    table.string('cause', 255).notNullable();
    table.integer('ticket_id');
    // JSON, as it is sent; null once it was.
    table.text('body', 'longtext');
    // Milliseconds since 1970, as the following.
    table.bigInteger('at').notNullable();
    table.integer('attempts').notNullable();
    // Null: nothing more is to be done.
    table.bigInteger('next_at');
    table.bigInteger('sent_at');
    table.bigInteger('failed_at');
    // JSON: why the last attempt failed, in words.
    table.text('reason', 'longtext');
    table.unique(['call_id'], { indexName: 'ms_webhook_call' });
    table.index(['next_at'], 'ms_webhook_next');
    table.index(['webhook'], 'ms_webhook_whose');
    table.index(['ticket_id'], 'ms_webhook_ticket');
    table.index(['failed_at'], 'ms_webhook_failed');
    table.index(['at'], 'ms_webhook_at');
  },
  blocks: (table) => {
    table.increments('id');
    // An address, or a domain with an @ before it; in small letters.
    table.string('target', 255).notNullable();
    table.string('note', 500).notNullable();
    // The id of an administrator.
    table.integer('added_by');
    // Milliseconds since 1970.
    table.bigInteger('added_at').notNullable();
    table.unique(['target'], { indexName: 'ms_block_target' });
  },
  counters: (table) => {
    table.string('name', 191).primary();
    table.bigInteger('value').notNullable();
  },
};

/** Creates what is missing. Several instances may do so at once: the one that comes second finds the table there. */
export async function createTables(strapi: Core.Strapi): Promise<void> {
  const schema = () => strapi.db.getSchemaConnection();
  for (const key of Object.keys(TABLES) as (keyof typeof TABLES)[]) {
    if (await schema().hasTable(TABLES[key])) continue;
    try {
      await schema().createTable(TABLES[key], DEFINITIONS[key]);
    } catch (error) {
      if (!(await schema().hasTable(TABLES[key]))) throw error;
    }
  }
}

/** So often a transaction is tried that got in the way of another one. */
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
