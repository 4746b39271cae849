import type { Core } from '@strapi/strapi';
import { UID } from '../uids';
import type { Contact, Ticket } from './desk-records';
import type { DeskTickets } from './desk-tickets';
import type { Drafts } from './desk-writes';

/** Tickets that go on where one ended that was closed long ago. */

/** The newest ticket of that contact that refers to this one. */
export async function successorOf(
  strapi: Core.Strapi,
  { drafts, tickets }: { drafts: Drafts; tickets: DeskTickets },
  ticket: Ticket,
  contact: Contact,
): Promise<Ticket | null> {
  const drafted = [...drafts.tickets].findLast(([, { related, contact: own }]) => related === ticket && own === contact);
  if (drafted) return drafted[0];
  if (ticket.record.id === undefined || contact.record.id === undefined) return null;
  const where = { related: { id: ticket.record.id }, contact: { id: contact.record.id } };
  const row = await strapi.db.query(UID.ticket).findOne({ select: ['id'], where, orderBy: { id: 'desc' } });
  return row && tickets.ofId(row.id);
}

/** Whether it was closed before that moment, by the activity log; of a ticket that came with its status, from an import say, by when somebody last wrote. */
export async function wasClosedBefore(strapi: Core.Strapi, { record }: Ticket, date: Date): Promise<boolean> {
  if (record.id === undefined) return false;
  const changed = await strapi.db.query(UID.activity).findOne({
    select: ['createdAt'],
    where: { ticket: { id: record.id }, kind: 'status' },
    orderBy: { id: 'desc' },
  });
  const when = changed?.createdAt ?? record.data.lastActivityAt ?? record.data.createdAt;
  return typeof when === 'string' || when instanceof Date ? new Date(when) < date : false;
}
