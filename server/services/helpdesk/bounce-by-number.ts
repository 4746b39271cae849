import type { Core } from '@strapi/strapi';
import type { ParsedMessage } from '../message/types';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import type { Desk } from './desk';
import type { Delivery, Ticket } from './desk-records';
import { deliveryOf } from './desk-threads';

/** A ticket may have very many emails, and a report is about one of the newest. */
const MOST_EMAILS = 20;

/**
 * The email of ours that a report is about, where it names no Message-ID of ours (Domino returns none, and some servers give emails another
 * one): by the number in the subject that it repeats, and by whom it did not reach. Both can be guessed, so this proves less.
 */
export async function reportedByNumber(
  strapi: Core.Strapi,
  desk: Desk,
  message: ParsedMessage,
  ticketNumbers: readonly string[],
): Promise<{ delivery: Delivery; ticket: Ticket } | null> {
  const failed = message.bounce!.recipients.flatMap(({ address, finalAddress }) => [address, finalAddress]);
  for (const number of ticketNumbers) {
    const ticket = await desk.ticketOfNumber(number);
    if (ticket?.record.id === undefined) continue;
    const rows = await rowsOf(strapi, UID.delivery).findMany({
      select: ['id', 'to', 'cc', 'bcc', 'bounces'],
      where: { ticket: { id: ticket.record.id }, sentAt: { $notNull: true } },
      orderBy: { id: 'desc' },
      limit: MOST_EMAILS,
    });
    const delivery = rows
      .map((row) => deliveryOf(row, ticket.record.id!))
      .find(({ to, cc, bcc }) => [...to, ...cc, ...bcc].some((address) => failed.includes(address)));
    if (delivery) return { delivery, ticket };
  }
  return null;
}
