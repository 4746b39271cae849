import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { WebhooksHealth } from '../../../shared/api/operations';
import type { Words } from '../../../shared/sentences/words';
import { inPieces } from '../lib/pieces';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { escapeRegExp } from '../lib/reg-exp';

/**
 * What webhooks are told: a row for each call, written in the transaction of its cause. What it says of a customer goes as soon as it was
 * told, and with the ticket.
 */

interface NewCall {
  /** The documentId of the webhook. */
  webhook: string;
  /** The name of the rule or the time trigger. */
  cause: string;
  ticket: number | null;
  body: object;
}

const CALLS_A_STATEMENT = 50;

export async function noteCalls(strapi: Core.Strapi, calls: NewCall[]): Promise<void> {
  const at = Date.now();
  const rows = calls.map(({ webhook, cause, ticket, body }) => ({
    call_id: randomUUID(),
    webhook,
    cause,
    ticket_id: ticket,
    body: JSON.stringify(body),
    at,
    attempts: 0,
    next_at: at,
  }));
  await inTransaction(strapi, async (trx) => {
    for (const some of inPieces(rows, CALLS_A_STATEMENT)) await tableIn(strapi, trx, TABLES.webhookCalls).insert(some);
  });
}

// ---- Those that were given up

interface DeadCall {
  id: string;
  webhook: string;
  cause: string;
  attempts: number;
  failedAt: string;
  reason: Words;
}

const MOST_SHOWN = 50;

/** The newest first. */
export async function deadCalls(strapi: Core.Strapi): Promise<DeadCall[]> {
  const rows: Record<'call_id' | 'webhook' | 'cause' | 'attempts' | 'failed_at' | 'reason', string>[] = await readTable(
    strapi,
    TABLES.webhookCalls,
    (table) =>
      table
        .whereNotNull('failed_at')
        .orderBy([
          { column: 'failed_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(MOST_SHOWN)
        .select('call_id', 'webhook', 'cause', 'attempts', 'failed_at', 'reason'),
  );
  return rows.map(({ call_id: id, webhook, cause, attempts, failed_at: failedAt, reason }) => ({
    id,
    webhook,
    cause,
    attempts: Number(attempts),
    failedAt: new Date(Number(failedAt)).toISOString(),
    reason: JSON.parse(reason),
  }));
}

/** Has calls that were given up tried again, with all attempts: one by its id, or those of a webhook. Resolves with how many. */
export function retryCalls(strapi: Core.Strapi, which: { call_id: string } | { webhook: string }): Promise<number> {
  const now = Date.now();
  return inTransaction(strapi, (trx) =>
    tableIn(strapi, trx, TABLES.webhookCalls)
      .where(which)
      .whereNotNull('failed_at')
      .update({ failed_at: null, reason: null, attempts: 0, at: now, next_at: now }),
  );
}

const DAY_MS = 24 * 3_600_000;

export async function webhooksNow(strapi: Core.Strapi, now: Date): Promise<WebhooksHealth> {
  const [row]: Record<string, number | string>[] = await readTable(strapi, TABLES.webhookCalls, (table, knex) =>
    table
      .count({ waiting: 'next_at', failed: 'failed_at' })
      .select(knex.raw('sum(case when failed_at >= ? then 1 else 0 end) as recent', [now.getTime() - DAY_MS])),
  );
  return { waiting: Number(row.waiting), failed: Number(row.failed), failedLastDay: Number(row.recent ?? 0) };
}

// ---- What does not stay

const KEPT_DAYS = { sent: 7, failed: 30 };
const ROWS_A_BATCH = 500;

/** Removes calls that went some days ago, and those that were given up and that nobody has had tried again. */
export async function forgetOldCalls(strapi: Core.Strapi): Promise<void> {
  for (const [column, days] of [
    ['sent_at', KEPT_DAYS.sent],
    ['failed_at', KEPT_DAYS.failed],
  ] as const)
    for (let count = ROWS_A_BATCH; count === ROWS_A_BATCH;) {
      const old: { id: number }[] = await readTable(strapi, TABLES.webhookCalls, (table) =>
        table
          .where(column, '<', Date.now() - days * DAY_MS)
          .limit(ROWS_A_BATCH)
          .select('id'),
      );
      count = old.length;
      await deleteCalls(strapi, old);
    }
}

const CALLS_A_PIECE = 100;

/** Removes what names this address, also in the words of somebody else. What is just leaving is not called back. */
export async function forgetCallsAbout(strapi: Core.Strapi, address: string): Promise<void> {
  const named = new RegExp(`(?<![\\w.+-])${escapeRegExp(address)}(?![\\w-])`, 'i');
  for (let last = 0; ;) {
    const rows: { id: number; body: string }[] = await readTable(strapi, TABLES.webhookCalls, (table) =>
      table.whereNotNull('body').where('id', '>', last).orderBy('id').limit(CALLS_A_PIECE).select('id', 'body'),
    );
    await deleteCalls(
      strapi,
      rows.filter(({ body }) => named.test(body)),
    );
    if (rows.length < CALLS_A_PIECE) return;
    last = rows.at(-1)!.id;
  }
}

async function deleteCalls(strapi: Core.Strapi, rows: { id: number }[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.webhookCalls).whereIn('id', ids).delete());
}
