import { randomBytes } from 'node:crypto';

/** What the stand-in keeps: mailboxes, their messages and what was handed to recipients. In memory. */

export interface Address {
  address: string;
  name: string;
}

export interface StoredAttachment {
  name: string;
  contentType: string;
  bytes: Buffer;
  isInline: boolean;
  contentId: string | null;
}

export interface StoredMessage {
  /** By `Prefer: IdType="ImmutableId"`, and without it: two spaces of ids for one message. */
  immutableId: string;
  mutableId: string;
  /** The key of its folder. */
  folder: string;
  isDraft: boolean;
  isRead: boolean;
  /** Whole seconds. */
  receivedAt: Date;
  /** Its content cannot be made again: ErrorContentConversionFailed. */
  isBroken?: boolean;
  internetMessageId: string;
  subject: string;
  from: Address | null;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  createdAt: Date;
  sentAt: Date;
  /** When it shows: the copy of a sent message comes late. */
  visibleAt: number;
  mime: Buffer;
  attachments: StoredAttachment[];
}

export interface StoredFolder {
  /** Its well-known name, or its id. */
  key: string;
  id: string;
  displayName: string;
  /** The key of the folder that it lies in; '' for the mailbox itself. */
  parent: string;
  isHidden?: boolean;
  /** A view of all that lies in the mailbox. */
  isSearch?: boolean;
}

/** What happened to a message in a folder, in its order. */
export interface Change {
  folder: string;
  message: StoredMessage;
  kind: 'added' | 'updated' | 'removed';
}

export interface Mailbox {
  address: string;
  displayName: string;
  /** Who may open it, and who may send as it, beside its owner. */
  fullAccess: string[];
  sendAs: string[];
  /** In place of an answer: such as an on-premises mailbox. */
  refusal: { status: number; code: string } | null;
  messages: StoredMessage[];
  folders: StoredFolder[];
  changes: Change[];
}

/** What recipients got: the message after Exchange has gone over it. */
export interface Delivered {
  /** When, in milliseconds since 1970. */
  at: number;
  mailbox: string;
  recipients: string[];
  mime: string;
  internetMessageId: string;
  attachments: StoredAttachment[];
}

/** Graph's ids are long, hold "=", "-" and "_", and there are always two that differ by the case of one letter. */
export function idPairs(): () => string {
  let spare: string | null = null;
  return () => {
    if (spare !== null) {
      const next = spare;
      spare = null;
      return next;
    }
    const stem = `AAMk${randomBytes(108).toString('base64url')}`;
    spare = `${stem}a_-A=`;
    return `${stem}A_-A=`;
  };
}
