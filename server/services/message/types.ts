import type { Said } from '../../../shared/sentences/words';

/**
 * A message: one email, parsed. Plain data without behaviour, so that it crosses a worker boundary
 * (structured clone) and can be written down in a test.
 */

export interface Address {
  /** Display name, decoded; '' when there is none. Never to be used as an address. */
  name: string;
  /** Address, lower case, without angle brackets; '' when the header holds none. */
  address: string;
}

export interface Attachment {
  /** File name as the sender wrote it, decoded and composed (lib/composed.ts), without path and control characters; never empty. */
  name: string;
  /** Media type, lower case, without parameters. */
  mime: string;
  /** Decoded size in bytes. */
  size: number;
  /** SHA-256 of the decoded bytes, hex. */
  hash: string;
  /** Content-ID without angle brackets, when the part has one. */
  contentId: string | null;
  /** True when the HTML shows this part itself (cid: or Content-Location), so it is no file to list. */
  inline: boolean;
  content: Uint8Array;
}

/** Why a machine wrote the message, and how that was recognised. */
export interface Automatic {
  kind: 'auto-reply' | 'bounce' | 'delivered' | 'feedback' | 'receipt' | 'mailing-list' | 'bulk' | 'own';
  /** Evidence as reason codes, strongest first: `auto-submitted`, `list-id`, `null-sender` … */
  reasons: string[];
}

export interface BounceRecipient {
  /** The recipient that failed, lower case: the address that was written to, where the report tells it (Original-Recipient). */
  address: string;
  /** Where that address led to, when the report names another one: an alias, a forward. */
  finalAddress: string | null;
  /** RFC 3463 status, such as `5.1.1`. */
  status: string | null;
  /** SMTP reply code, such as `550`. */
  replyCode: string | null;
  permanent: boolean;
  /** The server still tries: nothing is lost yet. A temporary failure that is not delayed has been given up. */
  delayed: boolean;
  /** Nobody has this address (any more). False where the mail was refused for another reason, or given up. */
  dead: boolean;
  /** The reason in words, as the reporting server gave it. */
  reason: string;
}

/** What a delivery status notification says (RFC 3464 and the common non-standard forms). */
export interface Bounce {
  recipients: BounceRecipient[];
  /** Message-IDs of the message that bounced (without angle brackets), from the returned headers. */
  originalMessageIds: string[];
}

/** What the mailbox's own server found out about the sender (RFC 8601). `none` when it said nothing. */
export interface Authenticity {
  spf: string;
  dkim: string;
  dmarc: string;
  /** The authserv-id that said so; null when no trusted Authentication-Results is there. */
  authservId: string | null;
}

/**
 * Whether From names who sent it. `proven`: the mailbox's own server found so (DMARC). `doubtful`: it found the contrary, or From can be
 * read in several ways. `unknown`: nobody says anything.
 */
export type Identity = 'proven' | 'unknown' | 'doubtful';

/** What a mailing list or group that carried the message says of itself. */
export interface ListMail {
  /** The list's own addresses, lower case: no customer's. */
  addresses: string[];
  /** The list wrote itself into From, because the author's domain allows nobody else to send in its name (DMARC). */
  isInFrom: boolean;
  /** The person that the list names elsewhere; null when it names nobody. Who runs the list vouches for it, and nobody else. */
  author: Address | null;
}

export interface ParsedMessage {
  /** Marks of our tickets that stand in what is quoted (reading/own-mark.ts); left out where there is none. */
  marks?: string[];
  /** Message-ID without angle brackets; null when the message has none. */
  messageId: string | null;
  /** The Date header as ISO 8601; null when absent or unreadable. */
  date: string | null;
  from: Address | null;
  sender: Address | null;
  replyTo: Address[];
  to: Address[];
  cc: Address[];
  bcc: Address[];
  /** Decoded; '' when absent. */
  subject: string;
  /** Message-IDs without angle brackets, in the header's order (RFC 5322 §3.6.4). */
  inReplyTo: string[];
  references: string[];
  /** Every header by lower-case name, values decoded, in the order of the message. */
  headers: Record<string, string[]>;
  /** The whole body as text (made from the HTML when there is no text part). NUL-free. */
  text: string;
  /** The whole body as sanitised HTML; null when the message has no HTML part. */
  html: string | null;
  /** What remains of `text` when quotes and signature are folded. Never empty unless `text` is. */
  visibleText: string;
  attachments: Attachment[];
  automatic: Automatic | null;
  /** A mailing list or group carried it; null when none did. */
  list: ListMail | null;
  bounce: Bounce | null;
  authenticity: Authenticity;
  identity: Identity;
  /** When a colleague forwarded a customer's mail: the original sender, subject and text; the text is null for an attached message. */
  forwarded: { from: Address; subject: string | null; text: string | null } | null;
  /** Size of the source in bytes. */
  size: number;
  /**
   * SHA-256 (hex) of what the sender wrote: Message-ID, Date, From, Subject, the decoded text and the attachments, so that the
   * same email is recognised wherever it lies. The ledger's fingerprint adds the scanner to it.
   */
  contentHash: string;
  /** The same without the attachments: what the ledger of release 0.1.0 knows an email by. */
  textHash: string;
  /** What had to be repaired or left out, as short sentences for the ledger. */
  warnings: string[];
  /** The same in codes. */
  warningsSaid: Said[];
}

export interface ParseOptions {
  /** authserv-ids (RFC 8601) whose Authentication-Results are believed; empty: the topmost one is. */
  trustedAuthservIds?: string[];
  /** Nobody knows yet which server to believe: results can cast a doubt on a sender and prove none. Default false. */
  isLearningAuthserv?: boolean;
  /** Limits, each with a default in parse.ts. A message beyond them throws a MessageLimitError with the reason. */
  maxParts?: number;
  maxNesting?: number;
  maxHeaderBytes?: number;
}
