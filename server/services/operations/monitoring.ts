import { createHash, timingSafeEqual } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { withoutAddresses } from '../log';
import { getAlertSettings } from '../settings/alert-settings';
import { pluginConfig } from '../settings/config';
import { exposition } from './exposition';
import { healthReport } from './health';
import type { HealthReport, ScannerHealth } from './assess-health';
import { metricsOf, secondsBetween } from './metrics';

/** What a monitoring system may ask, and what it is told: no address, no error's words, nothing that a customer wrote. */

/** A request's right to ask. `off`: the site has not set a token, so nothing is there to be asked. */
export function monitorMay(strapi: Core.Strapi, authorization: string | undefined): 'ask' | 'notAsk' | 'off' {
  const { token } = pluginConfig(strapi).monitoring;
  if (token === '') return 'off';
  const given = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token)) ? 'ask' : 'notAsk';
}

/** Of one length whatever was given, so that the comparison takes as long for every guess. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A monitor gives up after some ten seconds; a database that has gone keeps a query waiting for a minute. */
const DATABASE_PATIENCE_MS = 5_000;

interface MonitorReport {
  status: HealthReport['status'];
  /** What is wrong, by kind; `database` when the database does not answer. */
  problems: string[];
  scanners: ReturnType<typeof publicScanner>[];
  outbox: { setUp: boolean; waiting: number; oldestSeconds: number; failed: number; failedLastDay: number } | null;
  messages: { failed: number; quarantined: number; failedLastDay: number } | null;
  webhooks: { waiting: number; failed: number; failedLastDay: number } | null;
}

export async function monitorReport(strapi: Core.Strapi): Promise<MonitorReport> {
  const report = await reportInTime(strapi);
  if (!report) return { status: 'failing', problems: ['database'], scanners: [], outbox: null, messages: null, webhooks: null };
  const { status, problems, scanners, outbox, messages, webhooks, checkedAt } = report;
  return {
    status,
    problems: problems.map(({ kind }) => kind),
    scanners: scanners.map((scanner) => publicScanner(scanner, checkedAt)),
    outbox: {
      setUp: outbox.isSetUp,
      waiting: outbox.waiting,
      oldestSeconds: secondsSince(outbox.oldest, checkedAt) ?? 0,
      failed: outbox.failed,
      failedLastDay: outbox.failedLastDay,
    },
    messages,
    webhooks,
  };
}

/** The metrics as Prometheus reads them; null when the database does not answer. */
export async function metricsText(strapi: Core.Strapi): Promise<string | null> {
  const report = await reportInTime(strapi);
  return report && exposition(metricsOf(strapi, report));
}

/** How things are, by the site's own patience. */
export async function currentHealth(strapi: Core.Strapi): Promise<HealthReport> {
  return healthReport(strapi, (await getAlertSettings(strapi)).afterMinutes);
}

async function reportInTime(strapi: Core.Strapi): Promise<HealthReport | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), DATABASE_PATIENCE_MS)));
  try {
    return await Promise.race([currentHealth(strapi).catch(() => null), tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

function publicScanner({ documentId, name, state, failingSince, lastScanAt, lastSuccessAt }: ScannerHealth, now: Date) {
  return {
    documentId,
    name: withoutAddresses(name),
    state,
    failingSince,
    lastScanSeconds: secondsSince(lastScanAt, now),
    lastSuccessSeconds: secondsSince(lastSuccessAt, now),
  };
}

const secondsSince = (date: Date | null, now: Date): number | null => date && secondsBetween(date, now);
