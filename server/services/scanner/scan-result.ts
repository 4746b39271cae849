import type { Core } from '@strapi/strapi';
import { log } from '../log';
import { count as countUp } from '../counters';
import { UID } from '../uids';
import type { ScannerRow } from './access';
import type { Decision } from './decide';
import type { RunResult } from '../../../shared/api/scanners';
import { isFailure, type Outcome } from '../../../shared/vocabulary';
import { inBoth } from '../../../shared/sentences/words';
import { cut } from '../lib/cut';

/** What became of a scan. */
export type ScanResult = RunResult;

/** This many of the failed messages are named. */
export const FAILED_TOLD = 20;

export const newResult = (): ScanResult => ({
  scanned: 0,
  byOutcome: {},
  failed: [],
  openEffects: 0,
  leftAlone: null,
  durationMs: 0,
  error: null,
});

/** Counts unread emails in that were left alone, in words for somebody who wonders why nothing was scanned. */
export function countLeft(result: ScanResult, more: number): void {
  const count = (result.leftAlone?.count ?? 0) + more;
  if (count === 0) return;
  const emails = count === 1 ? '1 older unread email was' : `${count} older unread emails were`;
  result.leftAlone = {
    count,
    message: `${emails} left alone. To take what was there before, run the scanner with "unread": "take", or activate it with that.`,
  };
}

/** Counts a decision in. */
export function count(result: ScanResult, { item, outcome, reason }: Decision): void {
  result.scanned += 1;
  result.byOutcome[outcome] = (result.byOutcome[outcome] ?? 0) + 1;
  if (isFailure(outcome) && result.failed.length < FAILED_TOLD) {
    result.failed.push({ subject: cut(item.parsed.subject, 200), from: item.parsed.from?.address ?? '', ...inBoth('reason', reason) });
  }
}

/**
 * Keeps the result as the scanner's health, and tells it to the log and the counters. After one that is not whole, since the process is
 * told to end, the scanner is due as before.
 */
export async function noteHealth(strapi: Core.Strapi, scanner: ScannerRow, result: ScanResult, isWhole: boolean): Promise<void> {
  const { byOutcome, error } = result;
  const row = await strapi.db
    .query(UID.scanner)
    .findOne({ select: ['messagesScanned', 'messagesFailed', 'failingSince'], where: { id: scanner.id } });
  if (!row) return;
  const failed = (byOutcome.failed ?? 0) + (byOutcome.quarantined ?? 0);
  await strapi.db.query(UID.scanner).updateMany({
    where: { id: scanner.id },
    data: {
      ...(isWhole ? { lastScanAt: new Date() } : {}),
      ...(error || !isWhole ? {} : { lastSuccessAt: new Date() }),
      lastError: error?.message ?? null,
      lastErrorSaid: error?.messageSaid ?? null,
      failingSince: error ? (row.failingSince ?? new Date()) : null,
      messagesScanned: row.messagesScanned + result.scanned,
      messagesFailed: row.messagesFailed + failed,
      ...(result.scanned > 0 ? { authservSeen: scanner.authservSeen } : {}),
    },
  });
  logResult(strapi, scanner, result);
}

/** To the log and the counters. A scan that found nothing is no news to people. */
function logResult(strapi: Core.Strapi, scanner: ScannerRow, { scanned, byOutcome, openEffects, durationMs, error }: ScanResult): void {
  countUp(strapi, 'scans', error ? 'failed' : 'ok');
  for (const outcome of Object.keys(byOutcome) as Outcome[]) countUp(strapi, 'messages', outcome, byOutcome[outcome]);
  const counts = { scanned, outcomes: byOutcome, ...(openEffects > 0 ? { openEffects } : {}), durationMs };
  if (error) log(strapi, 'warn', 'A scan ended early', { scanner, ...counts, code: error.code, reason: error.message });
  else log(strapi, scanned > 0 ? 'info' : 'debug', 'A scan is through', { scanner, ...counts });
}
