import type { Outcome } from '../vocabulary';
import type { Words } from '../sentences/words';

/** What became of a condition or a group: the words that it saw and its answer. */
export type Trace =
  | { field: string; operator: string; value: unknown; saw: string; result: boolean }
  | { combinator: 'and' | 'or'; not: boolean; result: boolean; rules: Trace[] };

export interface RuleTrace {
  rule: { documentId: string; name: string };
  matched: boolean;
  skipped: 'folder' | null;
  conditions: Trace | null;
}

/** A row of the scan log. */
export interface Message {
  documentId: string;
  scanner: { documentId: string; name: string } | null;
  folder: string;
  messageId: string | null;
  fromAddress: string | null;
  fromName: string | null;
  subject: string | null;
  receivedAt: string | null;
  size: number | null;
  attempts: number;
  outcome: Outcome;
  reason: string | null;
  reasonSaid: Words | null;
  trace?: RuleTrace[] | null;
  hasSource: boolean;
  effectsOpen: boolean;
  /** When a failed one is tried again by itself. */
  retryAt: string | null;
  rule: { documentId: string; name: string } | null;
  ticket: { documentId: string; ticketNumber: string } | null;
  createdAt: string;
}

export interface MessageFilters {
  page?: number;
  pageSize?: number;
  scanner?: string;
  outcome?: string;
  since?: string;
  until?: string;
  search?: string;
}

export interface RetryResult {
  tried: number;
  succeeded: number;
  failed: { reason: string; reasonSaid: Words }[];
}
