/** Whose mail is not let in: see docs/spam.md. */

/** An entry of the block list. */
export interface BlockedSender {
  id: number;
  /** An address, or a domain with an `@` before it: with all that is below that. */
  target: string;
  note: string;
  /** The name of an administrator; null: they are not here any more. */
  addedBy: string | null;
  /** ISO 8601, as the following. */
  addedAt: string;
  /** How many emails it has caught, as far as the scan log tells, and when the last one. */
  caught: number;
  lastCaughtAt: string | null;
}

export interface BlockListMeta {
  /** Mail of blocked senders goes to the Junk folder of its mailbox. */
  toJunk: boolean;
}

/** What became of a mark as spam, or of taking it back. */
export interface SpamResult {
  /** The documentIds of those that it changed. */
  tickets: string[];
  /** What was added to the block list by it, or taken from it. */
  targets: string[];
  /** Senders that are never blocked: our own addresses and those of administrators. */
  spared: string[];
  /** Emails that waited and will not leave; and those that could not be held any more. */
  withdrawn: number;
  onTheirWay: number;
}
