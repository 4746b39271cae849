import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { log } from '../log';
import { FAILURES } from '../../../shared/vocabulary';
import { getSettings, type Settings } from '../settings/settings';
import { deleteFiles } from '../storage/files';
import type { Lease } from '../storage/lease';
import { inTransaction } from '../storage/tables';
import { UID } from '../uids';

/**
 * What is not kept for ever, by the settings. Rows stay: a message's row is what makes it count once, however often a mailbox hands
 * it out again, and a delivery's row is what keeps a comment from being sent again and lets answers find their ticket. What goes is
 * what they tell about people.
 */

interface RetentionRule {
  what: string;
  setting: 'keepLogDays' | 'keepSourceDays' | 'keepDeliveryDays';
  /** Works on some rows from before that moment; resolves with how many, 0 when none is left. */
  batch(strapi: Core.Strapi, lease: Lease, before: Date): Promise<number>;
}

const RULES: RetentionRule[] = [
  { what: 'scan log', setting: 'keepLogDays', batch: forgetMessages },
  { what: 'raw sources', setting: 'keepSourceDays', batch: dropSources },
  { what: 'copies of sent emails', setting: 'keepDeliveryDays', batch: dropCopies },
];

const DAY_MS = 24 * 3_600_000;
/** Small, so that SQLite keeps nobody waiting. */
const ROWS_A_BATCH = 200;
const PAUSE_MS = 20;

/** Works off what is due, until nothing is left or that moment is reached. */
export async function applyRetention(strapi: Core.Strapi, lease: Lease, until: number): Promise<void> {
  const settings = await getSettings(strapi);
  for (const rule of RULES) await applyRule(strapi, lease, rule, settings, until);
}

async function applyRule(
  strapi: Core.Strapi,
  lease: Lease,
  { what, setting, batch }: RetentionRule,
  settings: Settings,
  until: number,
): Promise<void> {
  const days = settings[setting];
  if (days === 0) return;
  const before = new Date(Date.now() - days * DAY_MS);
  let total = 0;
  for (let count = 1; count > 0 && Date.now() < until; await sleep(PAUSE_MS)) {
    lease.signal.throwIfAborted();
    count = await batch(strapi, lease, before);
    total += count;
  }
  if (total > 0) log(strapi, 'info', 'What was kept long enough was removed', { task: what, count: total });
}

/** What somebody may still have tried again, or the mailbox still has to be told. */
const SETTLED = { outcome: { $notIn: FAILURES }, effectsOpen: false };

/** What a row tells about its message. Place and fingerprint stay. */
export const FORGOTTEN = {
  messageId: null,
  fromAddress: null,
  fromName: null,
  subject: null,
  receivedAt: null,
  reason: null,
  reasonSaid: null,
  trace: null,
  sourceKey: null,
  rule: null,
  ticket: null,
  comment: null,
};

async function forgetMessages(strapi: Core.Strapi, lease: Lease, before: Date): Promise<number> {
  return changeMessages(
    strapi,
    lease,
    { forgottenAt: { $null: true }, createdAt: { $lt: before } },
    { ...FORGOTTEN, forgottenAt: new Date() },
  );
}

async function dropSources(strapi: Core.Strapi, lease: Lease, before: Date): Promise<number> {
  return changeMessages(strapi, lease, { sourceKey: { $notNull: true }, createdAt: { $lt: before } }, { sourceKey: null });
}

/** Changes settled rows and deletes their sources once that is committed. A crash in between leaves files to the sweep of orphans. */
async function changeMessages(strapi: Core.Strapi, lease: Lease, where: object, data: object): Promise<number> {
  const rows: { id: number; sourceKey: string | null }[] = await strapi.db
    .query(UID.message)
    .findMany({ select: ['id', 'sourceKey'], where: { ...where, ...SETTLED }, limit: ROWS_A_BATCH });
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id);
  const kept = await inTransaction(strapi, async (trx) => {
    await lease.confirm(trx);
    // Asked again in the statement itself: somebody may just have had one of them tried again.
    await strapi.db.query(UID.message).updateMany({ where: { id: { $in: ids }, ...SETTLED }, data });
    return strapi.db.query(UID.message).findMany({ select: ['sourceKey'], where: { id: { $in: ids }, sourceKey: { $notNull: true } } });
  });
  const keys = new Set(kept.map(({ sourceKey }) => sourceKey));
  await deleteFiles(
    strapi,
    rows.flatMap(({ sourceKey }) => (sourceKey && !keys.has(sourceKey) ? [sourceKey] : [])),
  );
  return rows.length;
}

/** An email as it left. Whoever has it sent once more (it came back, say) has it composed again, as the ticket is then. */
export const WITHOUT_COPY = { subject: null, html: null, text: null, headers: null };

async function dropCopies(strapi: Core.Strapi, lease: Lease, before: Date): Promise<number> {
  const where = { state: 'sent', sentAt: { $lt: before }, subject: { $notNull: true } };
  const rows: { id: number }[] = await strapi.db.query(UID.delivery).findMany({ select: ['id'], where, limit: ROWS_A_BATCH });
  if (rows.length === 0) return 0;
  await inTransaction(strapi, async (trx) => {
    await lease.confirm(trx);
    await strapi.db.query(UID.delivery).updateMany({ where: { id: { $in: rows.map(({ id }) => id) }, state: 'sent' }, data: WITHOUT_COPY });
  });
  return rows.length;
}
