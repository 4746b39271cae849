import type { DueWork } from '../due-work';
import type { Words } from '../../../shared/sentences/words';

/**
 * What says when scans and deliveries run. It decides nothing else: whether something is due stands in the database, and leases and
 * the ledger see to it that it is done once, whoever asks for it and how often. So an engine may forget everything at any time.
 */
export interface Engine extends DueWork {
  /**
   * Resolves when the engine can be asked; rejects, saying what to do, where it cannot run. With `works` it also takes on work. One that
   * has started without may be started with it.
   */
  start(works: boolean): Promise<void>;
  /** Ends what it began, waiting this many milliseconds at most for its jobs to be noted. */
  stop(timeoutMs: number): Promise<void>;
  /** Work that failed for good, or too often; newest first. Empty for an engine that leaves that to the next beat. */
  deadLetters(): Promise<DeadLetter[]>;
  /** Takes a dead letter up again. False when there is none of that id. */
  retry(id: string): Promise<boolean>;
}

export interface DeadLetter {
  id: string;
  work: 'scan' | 'delivery';
  /** The documentId of the scanner; null for deliveries. */
  scanner: string | null;
  reason: string;
  reasonSaid: Words;
  failedAt: string;
  /** How often it was tried. */
  attempts: number;
}
