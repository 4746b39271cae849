import type { FirstStep, ProblemKind, ScannerState } from '../vocabulary';
import type { Words } from '../sentences/words';

/** The health of a site. `Moment`: dates where it is judged, ISO 8601 in an answer. */
export interface ScannerHealth<Moment = string> {
  documentId: string;
  name: string;
  state: ScannerState;
  running: boolean;
  failingSince: Moment | null;
  lastScanAt: Moment | null;
  lastSuccessAt: Moment | null;
  lastError: string | null;
  lastErrorSaid: Words | null;
}

export interface OutboxHealth<Moment = string> {
  /** Whether there is a server to send with. */
  isSetUp: boolean;
  waiting: number;
  /** Since when the oldest of those waits. */
  oldest: Moment | null;
  /** When the last one left. */
  lastSent: Moment | null;
  failed: number;
  /** Given up within the last 24 hours; bounces are not counted. */
  failedLastDay: number;
}

export interface MessagesHealth {
  failed: number;
  quarantined: number;
  /** Of both, those that came within the last 24 hours. */
  failedLastDay: number;
}

/** Calls of webhooks. */
export interface WebhooksHealth {
  waiting: number;
  /** Given up, and not tried again by anybody. */
  failed: number;
  /** Of those, the ones of the last 24 hours. */
  failedLastDay: number;
}

/** What somebody should see to. `since` is when it began. */
export interface Problem<Moment = string> {
  kind: ProblemKind;
  /** One outage has one key, as long as it lasts. */
  key: string;
  since: Moment;
  scanner: { documentId: string; name: string } | null;
  /** How many emails or calls wait, or failed. */
  count: number;
  reason: string | null;
  reasonSaid: Words | null;
}

export interface SiteHealth<Moment = string> {
  /** `failing`: mail is not read or not sent. `warning`: it is, but something deserves a look. */
  status: 'ok' | 'warning' | 'failing';
  checkedAt: Moment;
  scanners: ScannerHealth<Moment>[];
  outbox: OutboxHealth<Moment>;
  messages: MessagesHealth;
  webhooks: WebhooksHealth;
  problems: Problem<Moment>[];
}

/** What leads from a new installation to the first ticket, and how far this site has come. */
export interface FirstSteps {
  /** The first scanner; null while there is none, and for somebody who may not see scanners. */
  scanner: string | null;
  done: Record<FirstStep, boolean>;
}

export interface AlertSettings {
  afterMinutes: number | null;
  emails: string[];
  webhookHost: string | null;
}

/** `webhook`: a URL; null for none; left out to keep the one there is. */
export type AlertInput = Omit<AlertSettings, 'webhookHost'> & { webhook?: string | null };

export interface AlertResult {
  channel: 'email' | 'webhook';
  /** Null when it went. */
  error: string | null;
  errorSaid: Words | null;
}
