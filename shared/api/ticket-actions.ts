import type { ActorKind, Priority } from '../vocabulary';
import type { FilledReply } from './answering';
import type { Address, Ticket } from './tickets';

/** What is done with a ticket as a whole, and what was: see docs/admin-api.md. */

export interface Activity {
  documentId: string;
  /** See server/services/helpdesk/activity.ts. */
  kind: string;
  actorKind: ActorKind;
  actorName: string | null;
  detail: Record<string, unknown> | null;
  createdAt: string;
}

export interface NewTicketInput {
  title: string;
  contactEmail?: string;
  contactName?: string;
  assignee: number | null;
  priority: Priority;
  /** The documentId of the scanner from whose address its emails come; left out: the one for all outgoing mail. */
  scanner?: string;
  /** One of `text` and `html`. */
  comment?: {
    text?: string;
    html?: string;
    isPublic: boolean;
    cc?: Address[];
    bcc?: Address[];
    /** documentIds of uploads. */
    attachments?: string[];
    /** The email waits for a moment in which the message can be taken back. */
    undoable?: boolean;
  };
}

/** What can be chosen for a ticket that is about to be opened: `GET /tickets/new`. */
export interface NewTicketOffers {
  /** Where its emails may come from, the address of all outgoing mail first, which has no scanner. */
  senders: { scanner: string | null; name: string; address: string }[];
  /** Canned replies as they would be sent to that contact. */
  replies: FilledReply[];
  uploadLimits: Ticket['uploadLimits'];
}

export interface NamedTicket {
  documentId: string;
  ticketNumber: string;
  title: string;
}
