import { SpokenError } from '../lib/spoken-error';
import type { Words } from '../../../shared/sentences/words';
import type { ServerProtocol } from '../../../shared/vocabulary';

/** A mailbox as a scan sees it, whatever the protocol. Three implementations: imap.ts, pop3.ts and graph.ts. */

/** A mail server and a login. */
export interface MailboxSettings {
  protocol: ServerProtocol;
  host: string;
  /** Where to connect when the host is not to be looked up again. Certificates are checked against the host. */
  address?: string;
  port: number;
  /** `ssl`: TLS from the first byte; `starttls`: upgraded, refused when the server cannot; `none`: plain text. */
  encryption: 'ssl' | 'starttls' | 'none';
  validateCertificate: boolean;
  /** The name to log in with: the mailbox's own name for shared mailboxes. */
  username: string;
  credential: { type: 'password'; password: string } | { type: 'accessToken'; accessToken: string };
}

export interface Folder {
  /** Full path as the server spells it, decoded from modified UTF-7. */
  path: string;
  name: string;
  delimiter: string;
  /** RFC 6154 attribute such as `\Sent`, or null. */
  specialUse: string | null;
  /** False for a node that only holds other folders (\Noselect). */
  selectable: boolean;
}

/** Where a message lies. IMAP: a decimal UID; POP3: the UIDL; Graph: the second of its arrival and its immutable id (graph-uid.ts). */
export interface MessageRef {
  uid: string;
  /** In bytes, as the server claims: RFC822.SIZE; by Graph the size in the store, which is another; 0 where it tells none. */
  size: number;
  /** INTERNALDATE as ISO 8601; null where the protocol has none. */
  receivedAt: string | null;
}

export interface OpenFolder {
  path: string;
  /** IMAP UIDVALIDITY as a decimal string; the id of the folder for Graph; '' for POP3. */
  uidValidity: string;
  /** The UID that the next message will get, when an IMAP server tells. */
  uidNext: number | null;
}

export type ListQuery =
  /** Messages without \Seen; with `since`, only those received at that moment or later; with `afterUid`, only those behind that position. */
  | { type: 'unread'; since?: Date; afterUid?: string }
  /** Messages behind a position. `startUid`: nothing before it is wanted, as far as a mailbox gives more than what is behind `uid`. */
  | { type: 'afterUid'; uid: string; startUid?: string }
  /** Messages received at that moment or later (INTERNALDATE, to the second). */
  | { type: 'since'; since: Date }
  /** The newest messages, at most `limit`. For previews. */
  | { type: 'newest'; limit: number };

/** How much of a message above `maxBytes` is fetched: enough for the headers and the beginning of the text. */
export const TRUNCATED_BYTES = 256 * 1024;

export interface FetchedMessage {
  ref: MessageRef;
  source: Uint8Array;
  /** True when `source` holds only the first bytes because the message exceeds `maxBytes`. */
  truncated: boolean;
  /** Set when the server refuses to hand this message out: its reason. `source` is then empty. */
  refused?: Words;
}

export type MailboxEffect = { type: 'seen' } | { type: 'move'; folder: string } | { type: 'delete' };

/** The effects on one message, applied in the order given. */
export interface MessageEffects {
  uid: string;
  effects: MailboxEffect[];
}

export interface EffectResult {
  uid: string;
  /** Null when all effects are in place (also when the message is no longer there: somebody else did it). */
  error: Words | null;
  /** Worth telling although nothing is wrong: without UIDPLUS a removed message stays behind, marked as deleted. */
  note?: Words;
}

export interface Capabilities {
  folders: boolean;
  readFlags: boolean;
  move: boolean;
  push: boolean;
}

export interface Mailbox {
  readonly capabilities: Capabilities;
  /** What the server announced, for the connection test. */
  readonly serverCapabilities: string[];
  /** That the server tells late of new email, or not at all, in a sentence; null when nothing speaks for that. */
  readonly slowNews: Words | null;
  folders(): Promise<Folder[]>;
  /** The path by which the server knows a folder that a person has named: the name may lack the prefix of one's own folders. */
  pathOf(folder: string): Promise<string>;
  /** Opens a folder, under any of its names. Throws a MailboxError `folderMissing` when it is not there. */
  open(path: string): Promise<OpenFolder>;
  /**
   * The position in the open folder before what was received at that moment or later; null: behind all that lies there. A position is a
   * text like a UID, for `list`. What PositionKind says of the protocol holds.
   */
  position(since: Date | null): Promise<string>;
  /** What is there in the open folder, oldest (lowest UID) first. */
  list(query: ListQuery): Promise<MessageRef[]>;
  /**
   * Streams the sources of these messages of the open folder in the order given, by one FETCH with PEEK, holding no more
   * than a few messages. A message above `maxBytes` comes truncated to its first 256 KiB. A message that is gone is skipped.
   */
  fetch(refs: MessageRef[], options: { maxBytes: number }): AsyncIterable<FetchedMessage>;
  /**
   * Applies effects to messages of the open folder, batched into few commands; idempotent. Creates a missing target folder.
   * `delete` removes only the messages named, never others that somebody marked \Deleted.
   */
  apply(effects: MessageEffects[]): Promise<EffectResult[]>;
  close(): Promise<void>;
}

/** Stable codes; the wording is for an administrator and says what to do. */
export type MailboxErrorCode =
  | 'hostUnknown'
  | 'hostRefused'
  | 'connectionRefused'
  | 'timeout'
  | 'tlsFailed'
  | 'certificateInvalid'
  | 'starttlsUnavailable'
  | 'authenticationFailed'
  | 'secretUnreadable'
  | 'noAccess'
  | 'throttled'
  | 'unavailable'
  | 'folderMissing'
  | 'connectionLost'
  | 'protocol';

export class MailboxError extends SpokenError {
  /** It came before the session had begun. */
  readonly whileConnecting: boolean;

  constructor(
    readonly code: MailboxErrorCode,
    said: Words,
    { whileConnecting = false, ...options }: { cause?: unknown; whileConnecting?: boolean } = {},
  ) {
    super(said, options);
    this.name = 'MailboxError';
    this.whileConnecting = whileConnecting;
  }
}
