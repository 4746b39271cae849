import type { AuthorizationBrief } from './authorizations';
import type { TeamName } from './teams';
import type { RuleTrace } from './messages';
import type { AnswersBy, AuthType, CustomerEmail, Encryption, OlderUnread, Outcome, Protocol, ScanType } from '../vocabulary';
import type { Words } from '../sentences/words';

/** What the form of a scanner edits. */
export interface ScannerInput {
  name: string;
  active: boolean;
  authType: AuthType;
  protocol: Protocol;
  host: string;
  port: number | null;
  encryption: Encryption;
  validateCertificate: boolean;
  scanType: ScanType;
  username: string | null;
  mailboxName: string | null;
  /** The documentId of the account that signs in, for any other authType than `password`. */
  authorization: string | null;
  scanEvery: number;
  listen: boolean;
  scanFrom: string | null;
  fromAddress: string | null;
  fromName: string | null;
  /** Below answers of people who have no signature of their own: HTML. */
  signature: string | null;
  /** How emails from `fromAddress` leave: `graph` needs that address and a Microsoft account. */
  answersBy: AnswersBy | null;
  /** Which emails customers of this mailbox get; where it says nothing, the template does. */
  customerEmails: Partial<Record<CustomerEmail, boolean | null>> | null;
  useReplyTo: boolean;
  authservId: string | null;
  /** The documentId of the team that its tickets begin with. */
  helpdeskTeam: string | null;
}

export interface Scanner extends Omit<ScannerInput, 'authorization' | 'helpdeskTeam'> {
  documentId: string;
  authorization: AuthorizationBrief | null;
  helpdeskTeam: TeamName | null;
  /** Whose Authentication-Results count; `id` is '' for a server that gives no name. */
  authserv: { id: string | null; source: 'set' | 'learnt' | 'learning' | 'none' };
  hasPassword: boolean;
  activatedAt: string | null;
  lastScanAt: string | null;
  lastError: string | null;
  lastErrorSaid: Words | null;
  failingSince: string | null;
  messagesScanned: number;
  messagesFailed: number;
  running: boolean;
  ruleCount: number;
}

/** A change. `password` is written only, and left out to keep the saved one. */
export type ScannerChange = Partial<ScannerInput> & { password?: string; unread?: OlderUnread };

/** `rulesFrom`: the documentId of a scanner whose rules the new one gets. */
export type NewScanner = ScannerChange & { rulesFrom?: string };

export interface Folder {
  path: string;
  name: string;
  delimiter: string;
  specialUse: string | null;
  selectable: boolean;
}

export type ConnectionTest =
  | {
      ok: true;
      folders: Folder[];
      capabilities: { folders: boolean; readFlags: boolean; move: boolean; push: boolean };
      serverCapabilities: string[];
      /** That the server tells late of new email, in a sentence; null where nothing speaks for that. */
      slowNews: string | null;
      slowNewsSaid: Words | null;
    }
  | { ok: false; code: string; message: string; messageSaid: Words };

export interface RunResult {
  scanned: number;
  byOutcome: Partial<Record<Outcome, number>>;
  failed: { subject: string; from: string; reason: string; reasonSaid: Words }[];
  openEffects: number;
  /** How many older unread emails a scanner left alone that was never activated. */
  leftAlone: { count: number; message: string } | null;
  durationMs: number;
  error: { code: string; message: string; messageSaid: Words } | null;
}

export interface PreviewedMessage {
  from: string;
  subject: string;
  receivedAt: string | null;
  folder: string;
  outcome: Outcome;
  rule: { documentId: string; name: string } | null;
  reason: string;
  reasonSaid: Words;
  trace: RuleTrace[];
  effects: { type: string; folder?: string }[];
  actions: { type: string; description: string }[];
  ticket: { ticketNumber: string | null; title: string; isNew: boolean; matchedBy: string } | null;
  visibleText: string;
  warnings: string[];
  warningsSaid: Words[];
}
