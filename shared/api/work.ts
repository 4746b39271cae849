import type { Outcome, WorkKind, WorkState } from '../vocabulary';
import type { RunResult } from './scanners';

/** Work that takes longer than a moment, how far it is and how it ended. Of a scan, `done` counts messages. */
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
  byOutcome: Partial<Record<Outcome, number>>;
  /** Where there is more than one to go through: the folder that it is at. */
  folder: { number: number; of: number } | null;
}

export interface WorkWithResult extends Work {
  /** Of a scan that has come to its end or was stopped; null as long as it runs, and where its process is gone. */
  result: RunResult | null;
}
