import type { Address } from '../message/types';
import type { OutgoingAccount } from '../settings/settings';
import { SpokenError } from '../lib/spoken-error';
import type { Words } from '../../../shared/sentences/words';

/** What every way to send has in common: a mail, what became of it, and why it did not leave. */

/** Of SMTP, and how to sign in there. */
export interface OutgoingServer extends Omit<OutgoingAccount, 'authorization' | 'transport' | 'fromAddress'> {
  /** Where to connect when the host is not to be looked up again. Certificates are checked against the host. */
  address?: string;
  /** Null for a server that asks for none. */
  credential: { type: 'password'; password: string } | { type: 'accessToken'; accessToken: string } | null;
}

export interface OutgoingMail {
  from: Address;
  to: Address[];
  cc: Address[];
  /** Who gets it without being named in it. */
  bcc?: Address[];
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  /** Without angle brackets. */
  messageId: string;
  attachments?: readonly OutgoingFile[];
  /** Of its recipients, those who get it now: the others have it. Left out: all. */
  onlyTo?: readonly string[];
}

export interface OutgoingFile {
  name: string;
  mime: string;
  /** Read in pieces, and again whenever the mail is handed over again. */
  path: string;
  /** Of a picture that stands in the HTML, without angle brackets; null for all else. */
  contentId: string | null;
}

export interface SentMail {
  /** The server's words. */
  response: Words;
  /** Recipients that the server refused while it took the mail for others. */
  rejected: { address: string; response: string; permanent: boolean }[];
  /** Without angle brackets, where the provider gave it another Message-ID than ours. */
  sentMessageId?: string;
}

/**
 * What an attempt has left, or may have left, at a provider that sends by drafts. The next attempt asks for it before it sends anything.
 * Times in ISO 8601.
 */
export interface DraftNote {
  /** The documentId of the account that opens the mailbox. */
  authorization: string;
  mailbox: string;
  /** Since when there may be a draft, by our clock. */
  since: string;
  /** Left out until the provider has named it. */
  id?: string;
  /** By the provider's clock. */
  madeAt?: string;
  /** With angle brackets; the provider may have put its own in place of ours. */
  messageId?: string;
  /** Since when it may have left, by our clock: left out as long as nobody asked for it to be sent. */
  mayHaveLeftSince?: string;
}

/** One attempt to hand a mail over. */
export interface Attempt {
  /** The id of its row in the outbox; null for a mail that has none. */
  delivery: number | null;
  draft: DraftNote | null;
  /** True when `draft` was noted by an earlier attempt. */
  isRepeated: boolean;
  /** Notes what the provider has of it by now. Throws when the mail is not ours to send any more. */
  keep(draft: DraftNote | null): Promise<void>;
  /** Throws a LeaseLost when another instance may be sending it. To be called before the mail leaves. */
  assertHeld(): void;
}

/** How mails leave. */
export interface Transport {
  /** What may be left at the provider once a mail is begun; left out by one that leaves nothing but mails. */
  prepare?(mail: OutgoingMail): DraftNote | null;
  /** Throws a SendError; what keeps us from signing in is a temporary one: the mail can go once somebody has mended that. */
  send(mail: OutgoingMail, attempt: Attempt): Promise<SentMail>;
}

/** Why a mail was not sent, in words for an administrator. */
export class SendError extends SpokenError {
  constructor(
    said: Words,
    /** True when the same mail would be refused again: trying again is of no use. */
    readonly permanent: boolean,
    /** The server's own words; null when it said none. */
    readonly response: string | null,
    /** True when the server refused the credential. */
    readonly loginRefused = false,
    /** True when the whole mail was handed over, and then nothing was heard: it may be on its way. */
    readonly mayHaveLeft = false,
  ) {
    super(said);
    this.name = 'SendError';
  }
}
