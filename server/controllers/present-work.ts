import type { Context } from 'koa';
import type { RunResult } from '../../shared/api/scanners';
import type { Work } from '../../shared/api/work';
import type { WorkKind } from '../../shared/vocabulary';
import { bulkCountsOf } from '../services/inbox/bulk-change';
import { scanDetailsOf } from '../services/scanner/work';
import type { WorkRow } from '../services/storage/work';
import { may } from './ticket-access';

/** Work as the panel sees it. */
export function presentWork(row: WorkRow): Work {
  const { id, kind, state, subject, subjectName, startedBy, startedAt, endedAt, done, total } = row;
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
    ...DETAILS[kind](row),
  };
}

type Details = Pick<Work, 'byOutcome' | 'folder' | 'tickets' | 'error' | 'errorSaid' | 'spam'>;

/** What is told of each kind of work beside that. Why a scan failed stands in its result. */
const DETAILS: Record<WorkKind, (row: WorkRow) => Details> = {
  scan(row) {
    const { byOutcome, folder, folders } = scanDetailsOf(row);
    return {
      byOutcome,
      folder: folders > 1 ? { number: folder, of: folders } : null,
      tickets: null,
      error: null,
      errorSaid: null,
      spam: null,
    };
  },
  bulkChange: (row) => ({ byOutcome: {}, folder: null, ...bulkCountsOf(row) }),
};

/** What a scan has found, for its caller: which emails failed is only for those who may see the scan log. */
export function presentResult(ctx: Context, result: RunResult): RunResult {
  if (may(ctx, 'read-scan-log')) return result;
  return { ...result, failed: result.failed.map((message) => ({ ...message, subject: '', from: '' })) };
}
