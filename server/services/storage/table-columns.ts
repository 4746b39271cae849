import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { TABLES } from './tables';

/** The columns of our own tables, and how they come into being. */

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
