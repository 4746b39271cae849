export type { Trace } from '../../../shared/api/messages';
export type { Condition, ConditionGroup } from '../../../shared/api/rules';
import type { Address } from '../message/types';

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
