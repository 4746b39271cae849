import type { OutgoingEmail } from './tickets';

/** An email in the outbox. */
export interface OutboxRow extends OutgoingEmail {
  subject: string | null;
  ticket: { documentId: string; ticketNumber: string; title: string } | null;
  createdAt: string;
}
