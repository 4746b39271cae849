import type { Core } from '@strapi/strapi';
import { findPage, type Page, type PageOfRecords } from '../storage/pages';
import type { Found } from '../storage/rows';
import { UID } from '../uids';
import { whereTicketVisible, type Viewer } from './viewer';
import type { OutgoingEmail } from '../../../shared/api/tickets';
import type { DeliveryFilter } from '../../../shared/vocabulary';

/** The outbox as people see it. */

/** What a state of the filter asks of a delivery. A bounce came after the server had taken the email. */
const WHERE_OF_FILTER: Record<DeliveryFilter, object> = {
  scheduled: { state: 'scheduled' },
  queued: { state: 'queued' },
  sending: { state: 'sending' },
  sent: { state: 'sent' },
  failed: { state: 'failed' },
  bounced: { bouncedAt: { $notNull: true } },
  cancelled: { state: 'cancelled' },
};

/** What the outbox and the comment of an email both show of it. */
export const EMAIL_ATTRIBUTES = [
  'documentId',
  'state',
  'attempts',
  'nextAttemptAt',
  'sendAt',
  'lastError',
  'lastErrorSaid',
  'sentAt',
  'bouncedAt',
  'to',
  'cc',
  'bcc',
] as const satisfies (keyof OutgoingEmail)[];

/** What a row of the outbox shows, beside its ticket. */
export const OUTBOX_ATTRIBUTES = [...EMAIL_ATTRIBUTES, 'messageId', 'fromAddress', 'fromName', 'subject', 'createdAt'] as const;

const READING = {
  select: OUTBOX_ATTRIBUTES,
  populate: { ticket: { select: ['documentId', 'ticketNumber', 'title'] } },
} as const;

/** The emails of the tickets that the viewer sees, newest first; bounced ones by when they came back. `ticket` is a documentId. */
export function listDeliveries(
  strapi: Core.Strapi,
  viewer: Viewer,
  { state, ticket }: { state?: DeliveryFilter; ticket?: string },
  page: Page,
): Promise<PageOfRecords<Found<typeof UID.delivery, typeof READING>>> {
  const where = {
    $and: [whereTicketVisible(strapi, viewer), state ? WHERE_OF_FILTER[state] : {}, ticket ? { ticket: { documentId: ticket } } : {}],
  };
  // Few emails bounce: what is asked of them begins with their index.
  const orderBy = state === 'bounced' ? [{ bouncedAt: 'desc' }, { id: 'desc' }] : { id: 'desc' };
  return findPage(strapi, UID.delivery, page, { ...READING, where, orderBy });
}

export async function isDeliveryVisible(strapi: Core.Strapi, viewer: Viewer, documentId: string): Promise<boolean> {
  return (await strapi.db.query(UID.delivery).count({ where: { documentId, ...whereTicketVisible(strapi, viewer) } })) > 0;
}
