import { RECENT_MS } from '../helpdesk/recent-emails';
import type { MessageRef } from '../mailbox/types';
import type { ParsedMessage } from '../message/types';
import type { MessagePlace } from './ledger';
import type { Words } from '../../../shared/sentences/words';

/** A message on its way into the database. */
export interface Item extends MessagePlace {
  ref: MessageRef;
  source: Uint8Array;
  parsed: ParsedMessage;
  attempts: number;
  /** Why no rule may see it: it is too large, or could not be parsed. */
  problem: { outcome: 'failed' | 'quarantined' | 'skipped'; reason: Words; keepSource: boolean } | null;
  /** The ledger row to write over, when the message is tried again. */
  rowId?: number;
  /** Its next chance then; null after the last. */
  retryAt?: Date | null;
}

/** When it came into the mailbox, or else when it says that it was written; null when neither is known. */
export const receivedAt = ({ ref, parsed }: Item): Date | null => dateOf(ref.receivedAt) ?? dateOf(parsed.date);

/** Programs without a clock write a date of long ago, and there was no email before. */
const FIRST_DATE_MS = Date.UTC(1982, 0, 1);

/**
 * When its author wrote it: the Date field (RFC 5322, section 3.6.1), which any clock may have made. So it is never later than when the
 * mailbox got the message, nor than now; without a Date that can be true, it is that moment.
 */
export function writtenAt({ ref, parsed }: Item): Date {
  const now = new Date();
  const received = plausible(dateOf(ref.receivedAt));
  const latest = received && received < now ? received : now;
  const written = plausible(dateOf(parsed.date));
  return written && written < latest ? written : latest;
}

const plausible = (date: Date | null): Date | null => (date && date.getTime() >= FIRST_DATE_MS ? date : null);

function dateOf(text: string | null): Date | null {
  const date = text === null ? null : new Date(text);
  return date && !Number.isNaN(date.getTime()) ? date : null;
}

/** Received just now, and not read from an old mailbox: only such mails can be part of a loop. */
export function isRecent(item: Item): boolean {
  const received = receivedAt(item);
  return received !== null && Date.now() - received.getTime() < RECENT_MS;
}
