import type { Core } from '@strapi/strapi';
import { webhooksNow } from '../automation/webhook-calls';
import { busyScanners } from '../scanner/turn';
import { FAILURES } from '../../../shared/vocabulary';
import { getOutgoingMail, outgoingAccount } from '../settings/settings';
import { UID } from '../uids';
import { assessHealth, type DeliveriesNow, type HealthReport, type MessagesNow, type ScannerNow } from './assess-health';

/** Reads from the database how things are. Every instance says the same. */
export async function healthReport(strapi: Core.Strapi, patienceMinutes: number): Promise<HealthReport> {
  const now = new Date();
  return assessHealth({
    now,
    patienceMs: patienceMinutes * 60_000,
    scanners: await activeScanners(strapi),
    deliveries: await deliveriesNow(strapi, now),
    messages: await messagesNow(strapi, now),
    webhooks: await webhooksNow(strapi, now),
  });
}

async function activeScanners(strapi: Core.Strapi): Promise<ScannerNow[]> {
  const select = [
    'documentId',
    'name',
    'scanEvery',
    'activatedAt',
    'lastScanAt',
    'lastSuccessAt',
    'lastError',
    'lastErrorSaid',
    'failingSince',
  ];
  const rows = await strapi.db.query(UID.scanner).findMany({ select, where: { active: true }, orderBy: { id: 'asc' } });
  const busy = await busyScanners(strapi, rows);
  return rows.map((row) => ({
    ...row,
    running: busy.has(row.documentId),
    ...dates(row, ['activatedAt', 'lastScanAt', 'lastSuccessAt', 'failingSince']),
  }));
}

/** MySQL hands out strings where others hand out dates. */
function dates<Name extends string>(row: Record<string, unknown>, names: Name[]): Record<Name, Date | null> {
  return Object.fromEntries(names.map((name) => [name, row[name] ? new Date(row[name] as string | Date) : null])) as Record<
    Name,
    Date | null
  >;
}

const DAY_MS = 24 * 3_600_000;

async function deliveriesNow(strapi: Core.Strapi, now: Date): Promise<DeliveriesNow> {
  const deliveries = strapi.db.query(UID.delivery);
  const waiting = { state: { $in: ['queued', 'sending'] } };
  // What came back after the server had taken it, and what never was composed because it has nobody to go to, is not about our outgoing mail.
  const refused = { state: 'failed', bouncedAt: { $null: true }, subject: { $notNull: true } };
  const [oldest] = await deliveries.findMany({ select: ['queuedAt', 'createdAt'], where: waiting, orderBy: { queuedAt: 'asc' }, limit: 1 });
  const [sent] = await deliveries.findMany({ select: ['sentAt'], where: { state: 'sent' }, orderBy: { sentAt: 'desc' }, limit: 1 });
  const outgoing = await getOutgoingMail(strapi);
  return {
    isSetUp: outgoingAccount(outgoing) !== null,
    waiting: await deliveries.count({ where: waiting }),
    oldest: oldest ? new Date(oldest.queuedAt ?? oldest.createdAt) : null,
    lastSent: sent?.sentAt ? new Date(sent.sentAt) : null,
    failed: await deliveries.count({ where: { state: 'failed' } }),
    failedLastDay: await deliveries.count({ where: { ...refused, updatedAt: { $gte: new Date(now.getTime() - DAY_MS) } } }),
  };
}

async function messagesNow(strapi: Core.Strapi, now: Date): Promise<MessagesNow> {
  // No failure is ever forgotten; said here for the index that begins with it.
  const count = (where: object) => strapi.db.query(UID.message).count({ where: { forgottenAt: { $null: true }, ...where } });
  const lastDay = { createdAt: { $gte: new Date(now.getTime() - DAY_MS) } };
  return {
    failed: await count({ outcome: 'failed' }),
    quarantined: await count({ outcome: 'quarantined' }),
    failedLastDay: await count({ outcome: { $in: FAILURES }, ...lastDay }),
  };
}
