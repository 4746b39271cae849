import type { Core } from '@strapi/strapi';
import { STATUS } from '../../../shared/vocabulary';
import { pointsAt } from '../platform/links';
import { customerUrl, linkToken } from '../settings/customer-links';
import { getSettings, type Settings } from '../settings/settings';
import { holdName, inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { UID } from '../uids';
import { isSwitchedOn, mayWriteTo, put } from './customer-emails';

/**
 * Asking customers how content they are: once, some hours after their ticket was closed, where it is closed still. A row says which tickets are
 * to be asked about; so nothing waits in the outbox for a day, and closing a ticket twice is one question.
 */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** For so long the link in the email leads to the question. */
const LINK_MS = 60 * DAY_MS;
const MOST_AT_ONCE = 100;

const SATISFACTION = 'satisfaction';

/** A ticket was closed: its contact is to be asked, where that is switched on. In the transaction of the closing. */
export async function askLater(strapi: Core.Strapi, ticket: number): Promise<void> {
  const { publicUrl, satisfactionAfterHours } = await getSettings(strapi);
  const row = await strapi.db
    .query(UID.ticket)
    .findOne({ select: ['id'], where: { id: ticket }, populate: { scanner: { select: ['id'] } } });
  if (!publicUrl || !row || !(await isSwitchedOn(strapi, SATISFACTION, row.scanner))) return;
  const ask = { ticket_id: ticket, due_at: Date.now() + satisfactionAfterHours * HOUR_MS };
  await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.asks).insert(ask).onConflict('ticket_id').merge(['due_at']));
}

/** Asks the customers whose time has come. Several instances may do so at once: the one that takes the row away asks. */
export async function askDue(strapi: Core.Strapi): Promise<void> {
  const due: { ticket_id: number }[] = await readTable(strapi, TABLES.asks, (table) =>
    table.where('due_at', '<=', Date.now()).orderBy('due_at').limit(MOST_AT_ONCE).select('ticket_id'),
  );
  for (const { ticket_id: ticket } of due)
    await inTransaction(strapi, async (trx) => {
      // One after the other, so that of two tickets of one customer the second sees that they were asked.
      await holdName(strapi, SATISFACTION);
      if ((await tableIn(strapi, trx, TABLES.asks).where({ ticket_id: ticket }).where('due_at', '<=', Date.now()).delete()) !== 1) return;
      await ask(strapi, Number(ticket));
    });
}

async function ask(strapi: Core.Strapi, id: number): Promise<void> {
  const { publicUrl, satisfactionEveryDays } = await getSettings(strapi);
  const ticket = await strapi.db.query(UID.ticket).findOne({
    select: ['id', 'threadToken', 'ticketStatus'],
    where: { id },
    populate: { contact: { select: ['id'] }, scanner: { select: ['id'] } },
  });
  if (!publicUrl || ticket?.ticketStatus !== STATUS.closed || !(await isSwitchedOn(strapi, SATISFACTION, ticket.scanner))) return;
  if (!(await mayWriteTo(strapi, id, { onceAnHour: false }))) return;
  if (!(await wasAnswered(strapi, id)) || (await wasAsked(strapi, ticket, satisfactionEveryDays))) return;
  await put(strapi, SATISFACTION, ticket);
}

/** Nobody is asked about spam, or about what went away by itself. */
async function wasAnswered(strapi: Core.Strapi, id: number): Promise<boolean> {
  const byUs = { isPublic: true, isAutomatic: false, $or: [{ user: { id: { $notNull: true } } }, { isOutgoing: true }] };
  const where = { $and: [pointsAt(strapi, UID.comment, 'ticket', id), byUs] };
  return (await strapi.db.query(UID.comment).count({ where })) > 0;
}

/** About this ticket ever, or about any one of theirs within this many days. */
async function wasAsked(strapi: Core.Strapi, { id, contact }: { id: number; contact: { id: number } }, days: number): Promise<boolean> {
  const lately = days > 0 ? [{ ticket: { contact: { id: contact.id } }, createdAt: { $gt: new Date(Date.now() - days * DAY_MS) } }] : [];
  const where = { template: SATISFACTION, state: { $ne: 'cancelled' }, $or: [{ ticket: { id } }, ...lately] };
  return (await strapi.db.query(UID.delivery).count({ where })) > 0;
}

/** The address that a click on an answer of that email leads to; null where there is none: what does not ask has no such links. */
export function ratingUrl(
  strapi: Core.Strapi,
  { publicUrl }: Pick<Settings, 'publicUrl'>,
  { id, messageId, template }: { id: number; messageId: string; template: string | null },
): string | null {
  if (!publicUrl || template !== SATISFACTION) return null;
  const token = linkToken(strapi, 'rating', { delivery: id, messageId, expiresAt: new Date(Date.now() + LINK_MS) });
  return token && customerUrl(strapi, publicUrl, `rating/${token}`);
}
