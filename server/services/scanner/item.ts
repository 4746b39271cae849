import { RECENT_MS } from '../helpdesk/recent-emails';
import type { MessageRef } from '../mailbox/types';
import type { ParsedMessage } from '../message/types';
import type { Place } from './ledger';
import type { Words } from '../../../shared/sentences/words';

/** A message on its way into the database. */
export interface Item extends Place {
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

function dateOf(text: string | null): Date | null {
  const date = text === null ? null : new Date(text);
  return date && !Number.isNaN(date.getTime()) ? date : null;
}

/** Received just now, and not read from an old mailbox: only such mails can be part of a loop. */
export function isRecent(item: Item): boolean {
  const received = receivedAt(item);
  return received !== null && Date.now() - received.getTime() < RECENT_MS;
}
