import type { Words } from '../sentences/words';

/** Work that was given up: by the job queue, where there is one, and calls of webhooks. */
export interface DeadLetter {
  id: string;
  work: 'scan' | 'delivery' | 'webhook';
  scanner: { documentId: string; name: string } | null;
  /** Which webhook by its name, and what called it. */
  webhook: { name: string; cause: string } | null;
  reason: string;
  reasonSaid: Words;
  failedAt: string;
  attempts: number;
}
