import type { ActorKind, Priority } from '../vocabulary';
import type { Address } from './tickets';

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
  comment?: { text: string; isPublic: boolean; cc?: Address[]; bcc?: Address[] };
}

export interface NamedTicket {
  documentId: string;
  ticketNumber: string;
  title: string;
}
