import type { Address, Attachment } from './tickets';
import type { TicketStatus } from '../vocabulary';

export interface AnswerInput {
  /** One of the two. */
  html?: string;
  text?: string;
  isPublic: boolean;
  ticketStatus?: TicketStatus;
  /** The documentId of a status of the site's own, in place of that. */
  helpdeskStatus?: string;
  /** A ticket that nobody has becomes the author's. */
  take?: boolean;
  /** The last comment that was read: the server refuses with 409 when others wrote since. Left out, it does not look. */
  lastSeen?: string | null;
  /** In place of the usual recipients; both or none. */
  to?: Address[];
  cc?: Address[];
  /** Who gets it unseen; beside the usual recipients where those are left out. */
  bcc?: Address[];
  /** documentIds of uploads. */
  attachments: string[];
  /** When it is to be sent (ISO 8601); left out: at once. Until then it is an internal note, and the ticket stays as it is. */
  sendAt?: string;
  /** documentId of an answer of people outside to a forward, which the customer is shown by this: the log says so. */
  shows?: string;
  /** Its email waits for ten seconds, in which it can be taken back. */
  undoable: boolean;
}

/** Messages for people outside of the conversation, and what an author writes above them. */
export interface ForwardInput {
  to: Address[];
  cc?: Address[];
  /** documentIds of messages of the ticket. */
  comments: string[];
  /** documentIds of files of the ticket's messages, and of uploads. */
  attachments: string[];
  /** One of the two, where something is written. */
  html?: string;
  text?: string;
  /** In place of the template's. */
  subject?: string;
  /** documentId of a message of such a conversation, which goes on by this email. */
  answers?: string;
  /** Its email waits for ten seconds, in which it can be taken back. */
  undoable?: boolean;
}

/** An answer that was taken back. */
export interface TakenBack {
  text: string | null;
  html: string | null;
  ticketStatus: TicketStatus | null;
  /** As it was chosen; null: none of the site's own. */
  helpdeskStatus: string | null;
  to: Address[] | null;
  cc: Address[] | null;
  bcc: Address[] | null;
  /** When it was to be sent. */
  sendAt: string | null;
  attachments: Attachment[];
  /** What was chosen, where it was a forward. */
  forward: Omit<ForwardInput, 'to' | 'cc' | 'undoable'> | null;
  /** The message of people outside that the customer would have been shown. */
  shows: string | null;
}

export interface CannedReplyInput {
  name: string;
  body: string;
  /** What is left out of these stays as it was. */
  folder?: string | null;
  /** One's own, which nobody else sees. */
  personal?: boolean;
  /** Ids of files that it has, and documentIds of uploads. */
  files?: string[];
}

export interface ReplyFile {
  id: string;
  name: string;
  mime: string;
  /** Bytes. */
  size: number;
}

export interface CannedReply {
  documentId: string;
  name: string;
  body: string;
  folder: string | null;
  personal: boolean;
  files: ReplyFile[];
}

/** A canned reply as it would be sent on a ticket. */
export interface FilledReply {
  documentId: string;
  name: string;
  folder: string | null;
  personal: boolean;
  html: string;
  unknownTags: string[];
  files: ReplyFile[];
}

/** A person that somebody may mean who writes an address. */
export interface SuggestedPerson {
  address: string;
  name: string;
  /** Their mail is not let in. */
  isBlocked: boolean;
}
