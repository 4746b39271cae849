import type { Words } from '../sentences/words';

/** Work that the job queue gave up. Without such an engine there is none. */
export interface DeadLetter {
  id: string;
  work: 'scan' | 'delivery';
  scanner: { documentId: string; name: string } | null;
  reason: string;
  reasonSaid: Words;
  failedAt: string;
  attempts: number;
}
