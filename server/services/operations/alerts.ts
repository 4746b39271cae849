import type { Core } from '@strapi/strapi';
import { log } from '../log';
import { getAlertSettings, type AlertSettings } from '../settings/alert-settings';
import { acquireLease, type Lease } from '../storage/lease';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import type { AlertResult } from '../../../shared/api/operations';
import { sendAlert } from './alert-channels';
import { problemAlert, recoveredAlert, testAlert, type Alert } from './alert-words';
import { healthReport } from './health';
import type { HealthReport, Problem } from './assess-health';

/**
 * Tells people when something has been wrong for a while, once, and when it works again. What was told stands in a table, so that
 * several instances and restarts tell it once; one instance looks at a time.
 */

/** An outage that is known: one row for each, gone when it is over and that was told. */
interface Outage {
  /** The problem's key. */
  name: string;
  kind: Problem['kind'];
  /** The scanner's name when it began. */
  scannerName: string | null;
  /** Milliseconds since 1970, as the following. */
  since: number;
  /** When people were told; null as long as nobody could be. */
  told: number | null;
  /** Attempts to tell of it; once that is done, attempts to tell that it is over. */
  attempts: number;
}

/** After this many attempts to say that all is well again, one a minute, it is not news any more. */
const MAX_RECOVERY_ATTEMPTS = 60;

/** Looks once and tells what is to be told. */
export async function watchHealth(strapi: Core.Strapi): Promise<void> {
  const settings = await getAlertSettings(strapi);
  const lease = await acquireLease(strapi, 'alerts');
  if (!lease) return;
  try {
    const report = await healthReport(strapi, settings.afterMinutes);
    const outages = await knownOutages(strapi);
    for (const problem of report.problems) await sendProblemAlert(strapi, lease, settings, problem, outages.get(problem.key));
    for (const outage of outages.values()) {
      if (!report.problems.some(({ key }) => key === outage.name)) await settle(strapi, lease, settings, outage, report);
    }
  } finally {
    await lease.release();
  }
}

/** Sends an alert that says it is a test. */
export async function tryAlerts(strapi: Core.Strapi): Promise<AlertResult[]> {
  return sendAlert(strapi, testAlert(healthPage(strapi)), await getAlertSettings(strapi));
}

async function sendProblemAlert(
  strapi: Core.Strapi,
  lease: Lease,
  settings: AlertSettings,
  problem: Problem,
  known: Outage | undefined,
): Promise<void> {
  if (known && known.told !== null) return;
  const outage = known ?? {
    name: problem.key,
    kind: problem.kind,
    scannerName: problem.scanner?.name ?? null,
    since: problem.since.getTime(),
    told: null,
    attempts: 0,
  };
  if (!known) log(strapi, 'warn', 'There is a problem', { alert: problem.kind, ...(problem.scanner ? { scanner: problem.scanner } : {}) });
  const told = await alertPeople(strapi, settings, problemAlert(problem, healthPage(strapi)), outage.attempts);
  await write(strapi, lease, told ? { ...outage, told: Date.now(), attempts: 0 } : { ...outage, attempts: outage.attempts + 1 });
}

/** A known outage is no problem any more: it is over, or what it was about is. */
async function settle(strapi: Core.Strapi, lease: Lease, settings: AlertSettings, outage: Outage, report: HealthReport): Promise<void> {
  const end = endOf(outage, report);
  if (end === 'notYet') return;
  if (end === 'over' && outage.told !== null && outage.attempts < MAX_RECOVERY_ATTEMPTS) {
    const scanner = outage.scannerName === null ? null : { documentId: outage.name.replace(/^scanner:/, ''), name: outage.scannerName };
    const alert = recoveredAlert({ kind: outage.kind, since: new Date(outage.since), scanner }, report.checkedAt, healthPage(strapi));
    const hasChannel = settings.emails.length > 0 || settings.webhookHost !== null;
    if (hasChannel && !(await alertPeople(strapi, settings, alert, outage.attempts)))
      return write(strapi, lease, { ...outage, attempts: outage.attempts + 1 });
  }
  log(strapi, 'info', 'A problem is over', { alert: outage.kind });
  await forget(strapi, lease, outage);
}

/**
 * `over`: it works again. `moot`: there is nothing to be said, because the scanner rests or is gone, or because nothing waits any
 * more though nothing has left. `notYet`: it still does not work, but not for long enough by the settings of now.
 */
type End = 'over' | 'moot' | 'notYet';

const endOf = (outage: Outage, report: HealthReport): End => ENDS[outage.kind](outage, report);

/** By the kind of problem: a new one does not compile without its end. */
const ENDS: Record<Problem['kind'], (outage: Outage, report: HealthReport) => End> = {
  scannerFailing: endOfScanner,
  scannerOverdue: endOfScanner,
  outboxWaiting: ({ since }, { outbox }) => {
    if (outbox.lastSent && outbox.lastSent.getTime() > since) return 'over';
    return outbox.waiting === 0 ? 'moot' : 'notYet';
  },
  // They count what failed within a day: none is left of that.
  deliveriesFailed: () => 'over',
  messagesFailed: () => 'over',
  webhooksFailed: () => 'over',
};

function endOfScanner({ name }: Outage, { scanners }: HealthReport): End {
  const scanner = scanners.find(({ documentId }) => `scanner:${documentId}` === name);
  if (!scanner) return 'moot';
  return scanner.state === 'ok' ? 'over' : 'notYet';
}

/** True when it reached somebody. */
async function alertPeople(strapi: Core.Strapi, settings: AlertSettings, alert: Alert, attempts: number): Promise<boolean> {
  const results = await sendAlert(strapi, alert, settings);
  const failed = results.filter(({ error }) => error !== null);
  // The first time only: an outage lasts for hours, and this is tried every minute.
  if (attempts === 0)
    for (const { channel, error } of failed)
      log(strapi, 'error', 'An alert could not be sent', { alert: alert.kind, channel, reason: error! });
  return failed.length < results.length;
}

function healthPage(strapi: Core.Strapi): string | null {
  const admin = strapi.config.get<string | undefined>('admin.absoluteUrl');
  return admin ? `${admin.replace(/\/$/, '')}/settings/mail-scanner/health` : null;
}

// ---- The table

async function knownOutages(strapi: Core.Strapi): Promise<Map<string, Outage>> {
  const rows: Record<string, unknown>[] = await readTable(strapi, TABLES.outages, (table) => table.select());
  return new Map(rows.map((row) => [String(row.name), outageOf(row)]));
}

/** PostgreSQL hands out a bigint as text. */
const outageOf = (row: Record<string, unknown>): Outage => ({
  name: String(row.name),
  kind: row.kind as Outage['kind'],
  scannerName: (row.scanner_name as string | null) ?? null,
  since: Number(row.since),
  told: row.told === null ? null : Number(row.told),
  attempts: Number(row.attempts),
});

/** Fenced by the lease: whoever lost it while sending leaves the table to its new holder. */
function write(strapi: Core.Strapi, lease: Lease, { name, kind, scannerName, since, told, attempts }: Outage): Promise<void> {
  return inTransaction(strapi, async (trx) => {
    await lease.confirm(trx);
    const row = { name, kind, scanner_name: scannerName, since, told, attempts };
    await tableIn(strapi, trx, TABLES.outages).insert(row).onConflict('name').merge(['told', 'attempts']);
  });
}

function forget(strapi: Core.Strapi, lease: Lease, { name }: Outage): Promise<void> {
  return inTransaction(strapi, async (trx) => {
    await lease.confirm(trx);
    await tableIn(strapi, trx, TABLES.outages).where({ name }).delete();
  });
}
