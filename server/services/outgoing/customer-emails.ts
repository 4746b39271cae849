import type { Core } from '@strapi/strapi';
import type { CustomerEmail } from '../../../shared/vocabulary';
import { isAddress } from '../message/mime/address';
import { isUnreadAddress } from '../message/reading/machines/wants-no-answer';
import { pointsAt } from '../platform/links';
import { getAlertSettings } from '../settings/alert-settings';
import { ownAddresses } from '../settings/own-addresses';
import { getOutgoingMail, outgoingAccount } from '../settings/settings';
import { UID } from '../uids';
import { templateOf } from './email-templates';
import { heldBackBecause } from './loop-budget';
import { enqueue } from './outbox';

/**
 * Emails that the plugin sends to customers by itself. Each stands in the outbox by the transaction of what causes it, so that a crash
 * neither loses nor doubles it; none is sent to a machine, a list, or an address of ours.
 */

const HOUR_MS = 3_600_000;
/** A customer who thanks opens a ticket again, and closing it once more is no news. */
const DAY_MS = 24 * HOUR_MS;
/** As long as an answer that closes a ticket can be taken back: see inbox/undo.ts. */
const CLOSED_FOR_MS = 10_000;

/** Whether this email is on: the scanner may say so, or else its template. A ticket may have come by no scanner. */
export async function isSwitchedOn(strapi: Core.Strapi, key: CustomerEmail, scanner: { id: number } | null): Promise<boolean> {
  const row = scanner && (await strapi.db.query(UID.scanner).findOne({ select: ['customerEmails'], where: { id: scanner.id } }));
  return row?.customerEmails?.[key] ?? (await templateOf(strapi, key)).active;
}

/**
 * Tells the senders of tickets' first emails that these have arrived, each once an hour at most. Whether such an email may be answered at all,
 * who calls has found out. Resolves with the tickets of which it is told.
 */
export async function confirmArrivals(strapi: Core.Strapi, ticketIds: readonly number[]): Promise<Set<number>> {
  const isReader = await isReaderOf(strapi);
  const confirmed = new Set<number>();
  for (const id of ticketIds) {
    const ticket = await reachableTicket(strapi, id);
    if (!ticket || !isReader(ticket.contact.email) || !(await claimHour(strapi, ticket.contact))) continue;
    await put(strapi, 'ticket-opened', ticket);
    confirmed.add(id);
  }
  return confirmed;
}

/**
 * Whether a program may write to the contact of this ticket: mail reaches them, they are no machine, no list and none of us. With
 * `onceAnHour`, of all that is written to them within an hour one text is.
 */
export async function mayWriteTo(strapi: Core.Strapi, ticketId: number, { onceAnHour }: { onceAnHour: boolean }): Promise<boolean> {
  const ticket = await reachableTicket(strapi, ticketId);
  if (!ticket || ticket.mergedInto || !(await isReaderOf(strapi))(ticket.contact.email)) return false;
  return !(await onlyMachinesWrote(strapi, ticket)) && (!onceAnHour || (await claimHour(strapi, ticket.contact)));
}

/** Tells the contact of a ticket that it is closed, unless it is opened again at once or was told so today. */
export async function tellClosed(strapi: Core.Strapi, ticketId: number): Promise<void> {
  const ticket = await reachableTicket(strapi, ticketId);
  if (!ticket || ticket.mergedInto || !(await isSwitchedOn(strapi, 'ticket-closed', ticket.scanner))) return;
  const isReader = await isReaderOf(strapi);
  if (!isReader(ticket.contact.email) || (await onlyMachinesWrote(strapi, ticket))) return;
  const told = {
    ticket: { id: ticket.id },
    template: 'ticket-closed',
    state: { $ne: 'cancelled' },
    createdAt: { $gt: new Date(Date.now() - DAY_MS) },
  };
  if ((await strapi.db.query(UID.delivery).count({ where: told })) > 0) return;
  await put(strapi, 'ticket-closed', ticket, new Date(Date.now() + CLOSED_FOR_MS));
}

/** A ticket with a contact whom mail reaches and a program may write to; null for any other one. */
async function reachableTicket(strapi: Core.Strapi, id: number): Promise<any> {
  const ticket = await strapi.db.query(UID.ticket).findOne({
    select: ['id', 'threadToken', 'noAutomaticEmails'],
    where: { id },
    populate: {
      contact: { select: ['id', 'email', 'undeliverable'] },
      scanner: { select: ['id'] },
      mergedInto: { select: ['id'] },
    },
  });
  return ticket?.contact && !ticket.noAutomaticEmails && !ticket.contact.undeliverable ? ticket : null;
}

/** Which addresses may be written to by a program: those of people who are not ourselves, and none as long as nothing can be sent. */
async function isReaderOf(strapi: Core.Strapi): Promise<(address: string) => boolean> {
  if (!outgoingAccount(await getOutgoingMail(strapi))) return () => false;
  const [own, { emails }] = [await ownAddresses(strapi), await getAlertSettings(strapi)];
  const ours = new Set([...own, ...emails.map((address) => address.toLowerCase())]);
  return (address) => isAddress(address) && !ours.has(address.toLowerCase()) && !isUnreadAddress(address);
}

/** Of tickets that are older than `noAutomaticEmails`, their comments tell. */
async function onlyMachinesWrote(strapi: Core.Strapi, ticket: { id: number; noAutomaticEmails: boolean | null }): Promise<boolean> {
  if (ticket.noAutomaticEmails === false) return false;
  const comments = (where: object) =>
    strapi.db.query(UID.comment).count({ where: { $and: [pointsAt(strapi, UID.comment, 'ticket', ticket.id), where] } });
  return (await comments({ isAutomatic: true, source: 'email' })) > 0 && (await comments({ source: 'email', isAutomatic: false })) === 0;
}

/** Of all who tell a contact something within an hour, one may: the row says who came first, whatever other transactions see. */
async function claimHour(strapi: Core.Strapi, { id }: { id: number }): Promise<boolean> {
  // The clock has gone back since: see storage/clock.ts.
  const ahead = new Date(Date.now() + HOUR_MS);
  const { count } = await strapi.db.query(UID.contact).updateMany({
    where: {
      id,
      $or: [{ confirmedAt: { $null: true } }, { confirmedAt: { $lt: new Date(Date.now() - HOUR_MS) } }, { confirmedAt: { $gt: ahead } }],
    },
    data: { confirmedAt: new Date() },
  });
  return count === 1;
}

const put = async (strapi: Core.Strapi, template: CustomerEmail, ticket: any, dueAt?: Date): Promise<void> =>
  enqueue(strapi, { ticket, comment: null, template, heldBack: await heldBackBecause(strapi, ticket), dueAt });
