import type { Address } from '../message/types';

/** A condition in react-querybuilder's format, so that the editor and the server read one thing. */
export interface Condition {
  field: string;
  operator: string;
  value: unknown;
}

export interface ConditionGroup {
  combinator: 'and' | 'or';
  not?: boolean;
  rules: (Condition | ConditionGroup)[];
}

/** What conditions may look at. Built once per message; `source` is decoded lazily. */
export interface RuleSubject {
  from: Address | null;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  replyTo: Address[];
  subject: string;
  text: string;
  source: () => string;
  headers: Record<string, string[]>;
  attachmentNames: string[];
  size: number;
  /** ISO 8601. */
  date: string | null;
  folder: string;
  isAutomatic: boolean;
  /** Verified by DMARC, or by SPF or DKIM aligned. */
  verified: boolean;
}

/** What became of one condition or group: the words that it saw and its answer. */
export type Trace =
  | { field: string; operator: string; value: unknown; saw: string; result: boolean }
  | { combinator: 'and' | 'or'; not: boolean; result: boolean; rules: Trace[] };
