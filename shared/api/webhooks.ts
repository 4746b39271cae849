import type { Words } from '../sentences/words';

/** Where a webhook leads: all of it is secret, and given or replaced together. */
export interface WebhookTarget {
  url: string;
  headers: { name: string; value: string }[];
  /** `whsec_…` by the Standard Webhooks; null: calls are not signed. */
  secret: string | null;
}

export interface WebhookInput {
  name: string;
  /** Left out: it stays. */
  target?: WebhookTarget;
}

export interface Webhook {
  documentId: string;
  name: string;
  host: string;
  headerNames: string[];
  isSigned: boolean;
  /** Calls that wait, and calls of the last 30 days that were given up. */
  waiting: number;
  failed: number;
  /** When it last took one, as far as that is kept: 7 days. ISO 8601. */
  lastSentAt: string | null;
  /** Why the last attempt of its newest call that was not taken failed; null: there is none. */
  lastError: string | null;
  lastErrorSaid: Words | null;
}
