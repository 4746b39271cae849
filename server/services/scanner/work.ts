import type { Core } from '@strapi/strapi';
import type { RunResult } from '../../../shared/api/scanners';
import { FAILURES, type WorkEnd } from '../../../shared/vocabulary';
import { beginWork, type WorkRow, type WorkUnderWay } from '../storage/work';
import { UID } from '../uids';
import type { ScannerRow } from './access';
import { FAILED_TOLD, type ScanResult } from './scan-result';

/** Scans as work that others look at. */

export interface ScanProgress {
  /** How many messages are new in the folders that were looked into; null before the first. */
  total: number | null;
  /** The folder that the scan is at, counted from 1, and how many there are. */
  folder: number;
  folders: number;
}

export const newProgress = (): ScanProgress => ({ total: null, folder: 0, folders: 0 });

/** What a row of work holds about a scan. Nothing of an email: who failed is asked of the ledger, which forgets in its time. */
type ScanDetails = Pick<RunResult, 'byOutcome' | 'openEffects' | 'leftAlone' | 'durationMs' | 'error'> & Omit<ScanProgress, 'total'>;

export function beginScanWork(
  strapi: Core.Strapi,
  { documentId, name }: ScannerRow,
  startedBy: number | null,
  result: ScanResult,
  progress: ScanProgress,
): WorkUnderWay {
  const topic = { kind: 'scan' as const, subject: documentId, subjectName: name, startedBy };
  return beginWork(strapi, topic, () => {
    const { scanned, failed: _failed, ...others } = result;
    const { total, ...place } = progress;
    const details: ScanDetails = { ...others, ...place };
    return { done: scanned, total, details: { ...details } };
  });
}

/** How a scan that came to its end ended. */
export function endOf({ error }: ScanResult, stopAsked: AbortSignal, ending: AbortSignal): WorkEnd {
  if (error) return 'failed';
  if (stopAsked.aborted) return 'stopped';
  return ending.aborted ? 'interrupted' : 'done';
}

export const scanDetailsOf = ({ details }: WorkRow): ScanDetails => details as unknown as ScanDetails;

/** What became of a scan that has ended, read from its work and from the ledger; null where its process is gone, and for other work. */
export async function resultOf(strapi: Core.Strapi, work: WorkRow): Promise<RunResult | null> {
  if (work.kind !== 'scan' || !work.endedAt || work.state === 'interrupted') return null;
  const { byOutcome, openEffects, leftAlone, durationMs, error } = scanDetailsOf(work);
  return { scanned: work.done, byOutcome, failed: await failedIn(strapi, work), openEffects, leftAlone, durationMs, error };
}

async function failedIn(strapi: Core.Strapi, { subject, startedAt, endedAt }: WorkRow): Promise<RunResult['failed']> {
  const scanner = await strapi.db.query(UID.scanner).findOne({ select: ['id'], where: { documentId: subject! } });
  if (!scanner) return [];
  const rows = await strapi.db.query(UID.message).findMany({
    select: ['subject', 'fromAddress', 'reason', 'reasonSaid'],
    // No failure is ever forgotten; said here for the index that begins with it.
    where: {
      forgottenAt: { $null: true },
      scanner: { id: scanner.id },
      outcome: { $in: FAILURES },
      createdAt: { $gte: startedAt, $lte: endedAt },
    },
    orderBy: { id: 'asc' },
    limit: FAILED_TOLD,
  });
  return rows.map(({ subject, fromAddress, reason, reasonSaid }) => ({
    subject: subject ?? '',
    from: fromAddress ?? '',
    reason: reason ?? '',
    reasonSaid,
  }));
}
