import type * as Shared from '../../../shared/api/operations';
import type { ScannerState } from '../../../shared/vocabulary';
import type { Words } from '../../../shared/sentences/words';

/** Whether all is well, from what the database says at one moment. Pure: the health route, the panel and the alerts judge alike. */

export interface ScannerNow {
  documentId: string;
  name: string;
  /** Minutes. */
  scanEvery: number;
  running: boolean;
  activatedAt: Date | null;
  lastScanAt: Date | null;
  lastSuccessAt: Date | null;
  lastError: string | null;
  lastErrorSaid?: Words | null;
  failingSince: Date | null;
}

export type DeliveriesNow = Shared.OutboxHealth<Date>;
export type MessagesNow = Shared.MessagesHealth;
type WebhooksNow = Shared.WebhooksHealth;

interface Situation {
  now: Date;
  /** What goes wrong for a shorter time than this is not worth waking anybody. */
  patienceMs: number;
  scanners: ScannerNow[];
  deliveries: DeliveriesNow;
  messages: MessagesNow;
  webhooks: WebhooksNow;
}

export type ScannerHealth = Shared.ScannerHealth<Date>;
export type Problem = Shared.Problem<Date>;
export type HealthReport = Shared.SiteHealth<Date>;

/** Some emails or calls went wrong; all others are read and sent. */
const SINGLE_ONES: Problem['kind'][] = ['deliveriesFailed', 'messagesFailed', 'webhooksFailed'];

export function assessHealth({ now, patienceMs, scanners, deliveries, messages, webhooks }: Situation): HealthReport {
  const seen = scanners.map((scanner) => scannerHealth(scanner, now, patienceMs));
  const problems = [
    ...scanners.map((scanner, index) => scannerProblem(scanner, seen[index].state, now, patienceMs)),
    outboxProblem(deliveries, now, patienceMs),
    failedOf('deliveriesFailed', 'deliveries', deliveries, now),
    failedOf('messagesFailed', 'messages', messages, now),
    failedOf('webhooksFailed', 'webhooks', webhooks, now),
  ].filter((problem) => problem !== null);
  const isFailing = problems.some(({ kind }) => !SINGLE_ONES.includes(kind));
  return {
    status: isFailing ? 'failing' : problems.length > 0 ? 'warning' : 'ok',
    checkedAt: now,
    scanners: seen,
    outbox: deliveries,
    messages,
    webhooks,
    problems,
  };
}

function scannerHealth(scanner: ScannerNow, now: Date, patienceMs: number): ScannerHealth {
  const { documentId, name, running, failingSince, lastScanAt, lastError, lastErrorSaid = null } = scanner;
  // Scans before there was `lastSuccessAt` have left the end of the last one and whether it failed.
  const lastSuccessAt = scanner.lastSuccessAt ?? (failingSince ? null : lastScanAt);
  const state = stateOf(scanner, now, patienceMs);
  return { documentId, name, state, running, failingSince, lastScanAt, lastSuccessAt, lastError, lastErrorSaid };
}

function stateOf({ running, failingSince, lastScanAt, activatedAt, scanEvery }: ScannerNow, now: Date, patienceMs: number): ScannerState {
  const looked = Math.max(lastScanAt?.getTime() ?? 0, activatedAt?.getTime() ?? 0);
  // A first scan of a large mailbox takes its time.
  // Also in the future: the clock has gone back since, and nobody has looked by today's.
  if (!running && looked > 0 && Math.abs(now.getTime() - looked) > scanEvery * 60_000 + patienceMs) return 'overdue';
  if (failingSince) return 'failing';
  return lastScanAt ? 'ok' : 'waiting';
}

const isLongAgo = (since: Date, now: Date, patienceMs: number): boolean => now.getTime() - since.getTime() >= patienceMs;

function scannerProblem(scanner: ScannerNow, state: ScannerState, now: Date, patienceMs: number): Problem | null {
  const { documentId, name, failingSince, lastScanAt, activatedAt, lastError, lastErrorSaid = null } = scanner;
  const reasons = { reason: lastError, reasonSaid: lastErrorSaid };
  const about = { key: `scanner:${documentId}`, scanner: { documentId, name }, count: 0 };
  if (state === 'overdue') return { kind: 'scannerOverdue', ...about, since: lastScanAt ?? activatedAt ?? now, ...reasons };
  if (state === 'failing' && isLongAgo(failingSince!, now, patienceMs))
    return { kind: 'scannerFailing', ...about, since: failingSince!, ...reasons };
  return null;
}

function outboxProblem({ waiting, oldest }: DeliveriesNow, now: Date, patienceMs: number): Problem | null {
  if (!oldest || !isLongAgo(oldest, now, patienceMs)) return null;
  return { kind: 'outboxWaiting', key: 'outbox', since: oldest, scanner: null, count: waiting, reason: null, reasonSaid: null };
}

function failedOf(kind: Problem['kind'], key: string, { failedLastDay }: { failedLastDay: number }, now: Date): Problem | null {
  if (failedLastDay === 0) return null;
  return { kind, key, since: now, scanner: null, count: failedLastDay, reason: null, reasonSaid: null };
}
