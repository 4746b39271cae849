import type { Core } from '@strapi/strapi';
import type { Webhook, WebhookInput, WebhookTarget } from '../../../shared/api/webhooks';
import { inBoth, type Words } from '../../../shared/sentences/words';
import { deleteSecret, readSecret, saveSecret, secretName } from '../settings/secrets';
import { changeDocument } from '../storage/documents';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';

/**
 * Webhooks as people keep them. Where one leads is one secret, which the panel can write and never read: most URLs let everybody post there.
 * It is replaced as a whole, so that nobody has what is kept sent to somewhere else.
 */

/** All of them, by name. */
export async function listWebhooks(strapi: Core.Strapi): Promise<Webhook[]> {
  const rows = await rowsOf(strapi, UID.webhook).findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] });
  const calls = await callsByWebhook(strapi);
  return rows.map((row) => webhookFrom(row, calls.get(row.documentId)));
}

/** Throws what saveSecret throws. */
export function addWebhook(strapi: Core.Strapi, name: string, target: WebhookTarget): Promise<Webhook> {
  return inTransaction(strapi, async () => {
    const row = await rowsOf(strapi, UID.webhook).create({ data: { name, ...shownOf(target) } });
    await saveTarget(strapi, row.documentId, target);
    return webhookFrom(row);
  });
}

/** Null when there is no such webhook. Throws what saveSecret throws. */
export function changeWebhook(strapi: Core.Strapi, documentId: string, { name, target }: WebhookInput): Promise<Webhook | null> {
  return inTransaction(strapi, async () => {
    const row = await changeDocument(strapi, UID.webhook, documentId, () => ({ name, ...(target ? shownOf(target) : {}) }));
    if (!row) return null;
    if (target) await saveTarget(strapi, documentId, target);
    return webhookFrom(row, (await callsByWebhook(strapi)).get(documentId));
  });
}

/** What waits for it is not sent any more. */
export function deleteWebhook(strapi: Core.Strapi, documentId: string): Promise<void> {
  return inTransaction(strapi, async (trx) => {
    await strapi.db.query(UID.webhook).deleteMany({ where: { documentId } });
    await deleteSecret(strapi, secretName.webhookTarget(documentId));
    await tableIn(strapi, trx, TABLES.webhookCalls).where({ webhook: documentId }).delete();
  });
}

/** Where it leads; null where that is not known, as after a transfer to another site. Throws SecretUnreadable. */
export async function targetOf(strapi: Core.Strapi, documentId: string): Promise<WebhookTarget | null> {
  const secret = await readSecret(strapi, secretName.webhookTarget(documentId));
  return secret === null ? null : (JSON.parse(secret) as WebhookTarget);
}

const saveTarget = (strapi: Core.Strapi, documentId: string, target: WebhookTarget): Promise<void> =>
  saveSecret(strapi, secretName.webhookTarget(documentId), JSON.stringify(target));

const shownOf = ({ url, headers, secret }: WebhookTarget) => ({
  host: new URL(url).host,
  headerNames: headers.map(({ name }) => name),
  isSigned: secret !== null,
});

interface Calls {
  waiting: number;
  failed: number;
  sent: number | null;
  error: Words | null;
}

const webhookFrom = (
  row: Row<'webhook'>,
  { waiting, failed, sent, error }: Calls = { waiting: 0, failed: 0, sent: null, error: null },
): Webhook => ({
  documentId: row.documentId,
  name: row.name,
  host: row.host,
  headerNames: row.headerNames ?? [],
  isSigned: row.isSigned,
  waiting,
  failed,
  lastSentAt: sent === null ? null : new Date(sent).toISOString(),
  ...inBoth('lastError', error),
});

async function callsByWebhook(strapi: Core.Strapi): Promise<Map<string, Calls>> {
  const rows: Record<string, number | string | null>[] = await readTable(strapi, TABLES.webhookCalls, (table, knex) =>
    table
      .groupBy('webhook')
      .select('webhook', knex.raw('max(case when reason is not null then id end) as told'))
      .count({ waiting: 'next_at', failed: 'failed_at' })
      .max({ sent: 'sent_at' }),
  );
  const told = rows.flatMap((row) => (row.told === null ? [] : Number(row.told)));
  const reasons: { id: number; reason: string }[] =
    told.length === 0 ? [] : await readTable(strapi, TABLES.webhookCalls, (table) => table.whereIn('id', told).select('id', 'reason'));
  const errors = new Map(reasons.map(({ id, reason }) => [id, JSON.parse(reason) as Words]));
  return new Map(
    rows.map((row) => {
      const sent = row.sent === null ? null : Number(row.sent);
      const error = errors.get(Number(row.told)) ?? null;
      return [String(row.webhook), { waiting: Number(row.waiting), failed: Number(row.failed), sent, error }];
    }),
  );
}
