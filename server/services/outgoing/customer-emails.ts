import type { Core } from '@strapi/strapi';
import { isAddress } from '../../../shared/address';
import type { CustomerEmail } from '../../../shared/vocabulary';
import { inPieces } from '../lib/pieces';
import { isUnreadAddress } from '../message/reading/machines/wants-no-answer';
import { atAddressInUse } from '../helpdesk/contact-addresses';
import { pointsAt } from '../platform/links';
import { getAlertSettings } from '../settings/alert-settings';
import { ownAddresses } from '../settings/own-addresses';
import { getOutgoingMail, outgoingAccount } from '../settings/settings';
import { rowsOf, type Found } from '../storage/rows';
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
  const row = scanner && (await rowsOf(strapi, UID.scanner).findOne({ select: ['customerEmails'], where: { id: scanner.id } }));
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
    const [ticket] = await reachableTickets(strapi, [id]);
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
  const [ticket] = await reachableTickets(strapi, [ticketId]);
  if (!ticket || ticket.mergedInto || !(await isReaderOf(strapi))(ticket.contact.email)) return false;
  return !(await thoseOfMachinesAlone(strapi, [ticket])).has(ticket.id) && (!onceAnHour || (await claimHour(strapi, ticket.contact)));
}

/** Tells the contact of a ticket that it is closed, unless it is opened again at once or was told so today. */
export async function queueClosingEmail(strapi: Core.Strapi, ticketId: number): Promise<void> {
  for (const ticket of await toldWhenClosed(strapi, [ticketId]))
    await put(strapi, 'ticket-closed', ticket, new Date(Date.now() + CLOSED_FOR_MS));
}

/** How many emails leave when these tickets, all of them open, are closed. */
export async function countClosingEmails(strapi: Core.Strapi, ticketIds: readonly number[]): Promise<number> {
  let count = 0;
  for (const some of inPieces(ticketIds)) count += (await toldWhenClosed(strapi, some)).length;
  return count;
}

/** Those of these tickets whose contact is told that they are closed. */
async function toldWhenClosed(strapi: Core.Strapi, ids: readonly number[]): Promise<Reachable[]> {
  const switches = new Map<number | null, Promise<boolean>>();
  const isOn = (scanner: { id: number } | null): Promise<boolean> => {
    const id = scanner?.id ?? null;
    if (!switches.has(id)) switches.set(id, isSwitchedOn(strapi, 'ticket-closed', scanner));
    return switches.get(id)!;
  };
  const some: Reachable[] = [];
  for (const ticket of await reachableTickets(strapi, ids)) if (!ticket.mergedInto && (await isOn(ticket.scanner))) some.push(ticket);
  if (some.length === 0) return [];
  const isReader = await isReaderOf(strapi);
  const readers = some.filter(({ contact }) => isReader(contact.email));
  const [machines, told] = [await thoseOfMachinesAlone(strapi, readers), await toldToday(strapi, readers)];
  return readers.filter(({ id }) => !machines.has(id) && !told.has(id));
}

async function toldToday(strapi: Core.Strapi, tickets: { id: number }[]): Promise<Set<number>> {
  const where = {
    ticket: { id: { $in: tickets.map(({ id }) => id) } },
    template: 'ticket-closed',
    state: { $ne: 'cancelled' },
    createdAt: { $gt: new Date(Date.now() - DAY_MS) },
  };
  const rows = await rowsOf(strapi, UID.delivery).findMany({ select: ['id'], where, populate: { ticket: { select: ['id'] } } });
  return new Set(rows.map(({ ticket }) => ticket!.id));
}

const REACHED = {
  select: ['id', 'threadToken', 'noAutomaticEmails', 'isSpam', 'contactAddress'],
  populate: { contact: { select: ['id', 'email', 'undeliverable'] }, scanner: { select: ['id'] }, mergedInto: { select: ['id'] } },
} as const;
type ReachedTicket = Found<typeof UID.ticket, typeof REACHED>;
type Reachable = ReachedTicket & { contact: NonNullable<ReachedTicket['contact']> };

/** Tickets with a contact that mail reaches and a program may write to; none that is spam. */
async function reachableTickets(strapi: Core.Strapi, ids: readonly number[]): Promise<Reachable[]> {
  const tickets = await rowsOf(strapi, UID.ticket).findMany({
    ...REACHED,
    where: { id: { $in: ids as number[] } },
  });
  const addressed = await atAddressInUse(
    strapi,
    tickets.filter(({ noAutomaticEmails, isSpam }) => !noAutomaticEmails && !isSpam),
  );
  return addressed.flatMap(({ contact, ...ticket }) => (contact && !contact.undeliverable ? [{ ...ticket, contact }] : []));
}

/** Which addresses may be written to by a program: those of people who are not ourselves, and none as long as nothing can be sent. */
async function isReaderOf(strapi: Core.Strapi): Promise<(address: string) => boolean> {
  if (!outgoingAccount(await getOutgoingMail(strapi))) return () => false;
  const [own, { emails }] = [await ownAddresses(strapi), await getAlertSettings(strapi)];
  const ours = new Set([...own, ...emails.map((address) => address.toLowerCase())]);
  return (address) => isAddress(address) && !ours.has(address.toLowerCase()) && !isUnreadAddress(address);
}

/** Of tickets that are older than `noAutomaticEmails`, their comments tell. */
async function thoseOfMachinesAlone(
  strapi: Core.Strapi,
  tickets: { id: number; noAutomaticEmails: boolean | null }[],
): Promise<Set<number>> {
  const older = tickets.filter(({ noAutomaticEmails }) => noAutomaticEmails !== false).map(({ id }) => id);
  const automatic = await ticketsWith(strapi, older, { isAutomatic: true, source: 'email' });
  const human = await ticketsWith(strapi, [...automatic], { source: 'email', isAutomatic: false });
  return new Set([...automatic].filter((id) => !human.has(id)));
}

/** Those of these tickets that have such a comment. */
async function ticketsWith(strapi: Core.Strapi, ids: number[], where: object): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const comments = await rowsOf(strapi, UID.comment).findMany({
    select: ['id'],
    where: { $and: [pointsAt(strapi, UID.comment, 'ticket', ids), where] },
    populate: { ticket: { select: ['id'] } },
  });
  return new Set(comments.map(({ ticket }) => ticket!.id));
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

/** In the calling code's transaction. */
export const put = async (
  strapi: Core.Strapi,
  template: CustomerEmail,
  ticket: Parameters<typeof enqueue>[1]['ticket'],
  dueAt?: Date,
): Promise<void> => enqueue(strapi, { ticket, comment: null, template, heldBack: await heldBackBecause(strapi, ticket), dueAt });
