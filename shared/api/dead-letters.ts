/** Work that the job queue gave up. Without such an engine there is none. */
export interface DeadLetter {
  id: string;
  work: 'scan' | 'delivery';
  scanner: { documentId: string; name: string } | null;
  reason: string;
  failedAt: string;
  attempts: number;
}
