import type { Core } from '@strapi/strapi';
import type { ParsedMessage } from '../message/types';
import { UID } from '../uids';
import type { Comment, Desk, Ticket } from './desk';

export interface RecordedBounce {
  /** A sentence for the scan log. */
  reason: string;
  ticket: Ticket | null;
  comment: Comment | null;
}

/**
 * Writes a bounce down on the delivery that it is about, keeps it on the ticket as an internal, automatic comment, and marks a
 * contact whose address is dead. Returns null when the bounce is about no email of ours.
 */
export async function recordBounce(strapi: Core.Strapi, desk: Desk, message: ParsedMessage): Promise<RecordedBounce | null> {
  const { recipients, originalMessageIds } = message.bounce!;
  const delivery = originalMessageIds.map((id) => desk.delivery(id)).find((found) => found !== null);
  if (!delivery) return null;
  // Only recipients of that email can have bounced; a report about others would be a forgery.
  const failed = recipients.filter(({ address }) => delivery.to.length === 0 || delivery.to.includes(address));
  const permanent = failed.filter((recipient) => recipient.permanent);
  const words = failed.map(({ address, status, reason }) => `${address}: ${[status, reason].filter(Boolean).join(' ')}`).join('; ').slice(0, 1000);
  if (permanent.length > 0) {
    await strapi.db.query(UID.delivery).updateMany({
      where: { id: delivery.id },
      data: { state: 'failed', bouncedAt: new Date(), lastError: `Bounced. ${words}` },
    });
    const dead = permanent.filter(({ status }) => status === null || status.startsWith('5.1.')).map(({ address }) => address);
    await strapi.db.query(UID.contact).updateMany({ where: { email: { $in: dead } }, data: { undeliverable: true } });
  } else {
    await strapi.db.query(UID.delivery).updateMany({ where: { id: delivery.id }, data: { lastError: `Delayed. ${words}` } });
  }
  const reason = permanent.length > 0 ? `An email of ours came back: ${words}` : `An email of ours is delayed: ${words}`;
  const ticket = desk.ticketOfSentIds(originalMessageIds);
  if (ticket && permanent.length > 0) desk.log(ticket, 'mailBounced', { to: permanent.map(({ address }) => address), reason: words });
  return { reason, ticket, comment: ticket && desk.addComment(ticket, commentOf(message), null, []) };
}

/** What the reporting server wrote, for staff only: the returned message itself may hold what was internal elsewhere. */
function commentOf(message: ParsedMessage): Record<string, unknown> {
  return {
    text: message.text,
    html: null,
    visibleText: message.visibleText,
    isPublic: false,
    authorName: message.from?.name.slice(0, 255) ?? '',
    authorAddress: message.from?.address.slice(0, 255) ?? '',
    source: 'email',
    messageId: message.messageId?.slice(0, 255) ?? null,
    matchedBy: 'bounce',
    verified: false,
    isAutomatic: true,
  };
}
