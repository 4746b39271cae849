import type { Context } from 'koa';
import type { RunResult } from '../../shared/api/scanners';
import type { Work } from '../../shared/api/work';
import { scanDetailsOf } from '../services/scanner/work';
import type { WorkRow } from '../services/storage/work';
import { may } from './ticket-access';

/** Work as the panel sees it. */
export function presentWork(row: WorkRow): Work {
  const { id, kind, state, subject, subjectName, startedBy, startedAt, endedAt, done, total } = row;
  const { byOutcome, folder, folders } = scanDetailsOf(row);
  return {
    id,
    kind,
    state,
    scanner: subject === null ? null : { documentId: subject, name: subjectName ?? '' },
    startedBy,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    done,
    total,
    byOutcome,
    folder: folders > 1 ? { number: folder, of: folders } : null,
  };
}

/** What a scan has found, for its caller: which emails failed is for who may see the scan log. */
export function presentResult(ctx: Context, result: RunResult): RunResult {
  if (may(ctx, 'read-scan-log')) return result;
  return { ...result, failed: result.failed.map((message) => ({ ...message, subject: '', from: '' })) };
}
