import type { Outcome, WorkKind, WorkState } from '../vocabulary';
import type { Words } from '../sentences/words';
import type { RunResult } from './scanners';

/** Work that takes longer than a moment, how far it is and how it ended. `done` counts the messages of a scan, or tickets. */
export interface Work {
  id: string;
  kind: WorkKind;
  state: WorkState;
  scanner: { documentId: string; name: string } | null;
  /** The id of the administrator who asked for it; null for what began by itself. */
  startedBy: number | null;
  startedAt: string;
  endedAt: string | null;
  done: number;
  /** Of how many, as far as it is known; null before anything is. */
  total: number | null;
  /** Of a scan. */
  byOutcome: Partial<Record<Outcome, number>>;
  /** Where there is more than one to go through: the folder that it is at. */
  folder: { number: number; of: number } | null;
  /** Of a change of many tickets; `gone` are those that were deleted or left the sight of the person who changes them meanwhile. */
  tickets: { changed: number; gone: number; failed: number } | null;
  /** Of a change of many tickets: why the first of those that failed did. */
  error: string | null;
  errorSaid: Words | null;
  /** Of a change of many tickets that marked them as spam, which `PUT /tickets/spam` takes back: what became of their senders and of emails that waited. */
  spam: { blocked: number; withdrawn: number; onTheirWay: number; spared: string[] } | null;
}

export interface WorkWithResult extends Work {
  /** Of a scan that has come to its end or was stopped; null as long as it runs, where its process is gone, and for other work. */
  result: RunResult | null;
}
