import { SpokenError } from '../lib/spoken-error';
import type { Words } from '../../../shared/sentences/words';

/**
 * A message that is a bomb: too many parts, too deep, or headers without end. Thrown by `parseMessage` alone;
 * the message text says which limit and what was found, and holds nothing of the mail itself.
 */
export class MessageLimitError extends SpokenError {
  constructor(
    readonly limit: 'parts' | 'nesting' | 'headerBytes',
    said: Words,
  ) {
    super(said);
    this.name = 'MessageLimitError';
  }
}

export interface Limits {
  /** MIME parts in one message. */
  maxParts: number;
  /** Multiparts inside each other. */
  maxNesting: number;
  /** Bytes of one header block. */
  maxHeaderBytes: number;
}

/** Generous for real mail: the largest seen have some 200 parts, ten levels and 200 kB of headers. */
export const defaultLimits: Limits = { maxParts: 1000, maxNesting: 50, maxHeaderBytes: 2 * 1024 * 1024 };
