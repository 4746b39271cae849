import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import { isAddress } from '../../../shared/address';
import type { SpamResult } from '../../../shared/api/block-list';
import { say } from '../../../shared/sentences/words';
import { STATUS } from '../../../shared/vocabulary';
import { addBlocks, addedAmong, readExemptions, unblock } from '../helpdesk/block-list';
import { atAddressInUse } from '../helpdesk/contact-addresses';
import { withoutClosingEmails } from '../outgoing/announce';
import { cancelDelivery } from '../outgoing/outbox';
import { refusal } from '../platform/refusal';
import { holdDocument, updateDocument } from '../storage/documents';
import { inTransaction, readTable } from '../storage/tables';
import { findWork } from '../storage/work';
import { UID } from '../uids';
import { bulkCountsOf, changeAll, idsInList } from './bulk-change';
import { statusBefore } from './undo';
import type { TicketFilter } from './ticket-question';
import { whereVisible, type Viewer } from './viewer';

/** Tickets that are spam: closed without a word to anybody, with their senders on the block list. And the way back. */

/** `unblocks`: where a mark is taken back, only these leave the block list; left out, all senders of the tickets do. */
interface SpamChange {
  isSpam: boolean;
  unblocks?: readonly string[];
  /** The id of the work that it is a part of. */
  work?: string;
}

interface SpamRow {
  id: number;
  documentId: string;
  ticketStatus: string;
  isSpam: boolean | null;
  beforeSpam: { ticketStatus: string; own: number | null; work?: string } | null;
  contact: { id: number; email: string } | null;
  contactAddress: string | null;
  helpdeskStatus: { id: number } | null;
  mergedInto: { id: number } | null;
}

/** All of these tickets, by their documentIds; when one is not there, none, and that is a NotFoundError. */
export const markTickets = (
  strapi: Core.Strapi,
  viewer: Viewer,
  documentIds: ReadonlySet<string>,
  change: SpamChange,
): Promise<SpamResult> =>
  inTransaction(strapi, async () => {
    const rows = await readRows(strapi, viewer, { documentId: { $in: [...documentIds] } });
    if (rows.length < documentIds.size) throw refusal(errors.NotFoundError, say('ticket.oneGone'));
    return mark(strapi, viewer, rows, change);
  });

/** All tickets of that list, as `changeAllTickets` changes them. Resolves with the id of the work. */
export async function markAllTickets(strapi: Core.Strapi, viewer: Viewer, filter: TicketFilter, change: SpamChange): Promise<string> {
  const told = change.isSpam ? { blocked: 0, withdrawn: 0, onTheirWay: 0, spared: [] as string[] } : null;
  const markThese = async (ids: number[], work: string) => {
    const result = await mark(strapi, viewer, await readRows(strapi, viewer, { id: { $in: ids } }), { ...change, work });
    if (told) {
      told.blocked += result.targets.length;
      told.withdrawn += result.withdrawn;
      told.onTheirWay += result.onTheirWay;
      told.spared = [...new Set([...told.spared, ...result.spared])].slice(0, SPARED_TOLD);
    }
    return result.tickets.length;
  };
  return changeAll(strapi, viewer, await idsInList(strapi, viewer, filter), markThese, told);
}

const SPARED_TOLD = 20;

/**
 * Takes back what the mark of a whole list has done: the tickets that it closed and nobody opened since, and the entries that it added to the block
 * list. Resolves with the id of the work that does so, with null where the viewer has begun no such work, or where it still runs.
 */
export async function takeMarkBack(strapi: Core.Strapi, viewer: Viewer, id: string): Promise<string | null> {
  const work = await findWork(strapi, id);
  if (work?.kind !== 'bulkChange' || work.startedBy !== viewer.id || !bulkCountsOf(work).spam || !work.endedAt) return null;
  const times = { from: work.startedAt, to: work.endedAt };
  return changeAll(strapi, viewer, await idsMarkedBy(strapi, work.id), async (ids) => {
    const rows = await readRows(strapi, viewer, { id: { $in: ids } });
    const unblocks = await addedAmong(strapi, await sendersOf(strapi, rows), viewer.id, times);
    return (await mark(strapi, viewer, rows, { isSpam: false, unblocks })).tickets.length;
  });
}

/** The tickets that this work has marked and that are spam still. */
async function idsMarkedBy(strapi: Core.Strapi, work: string): Promise<number[]> {
  const { tableName } = strapi.db.metadata.get(UID.ticket);
  const text = strapi.db.dialect.client === 'mysql' ? 'char' : 'text';
  const rows: { id: number }[] = await readTable(strapi, tableName, (table) =>
    table
      .where({ is_spam: true })
      .whereRaw(`cast(?? as ${text}) like ?`, ['before_spam', `%"${work}"%`])
      .orderBy('id')
      .select('id'),
  );
  return rows.map((row) => Number(row.id));
}

/** In the order of their ids, so that two people who mark the same tickets do not wait for each other. */
async function readRows(strapi: Core.Strapi, viewer: Viewer, which: object): Promise<SpamRow[]> {
  const where = { $and: [which, whereVisible(strapi, viewer)] };
  const found: { documentId: string }[] = await strapi.db
    .query(UID.ticket)
    .findMany({ select: ['id', 'documentId'], where, orderBy: { id: 'asc' } });
  for (const { documentId } of found) await holdDocument(strapi, UID.ticket, documentId);
  return strapi.db.query(UID.ticket).findMany({
    select: ['id', 'documentId', 'ticketStatus', 'isSpam', 'beforeSpam', 'contactAddress'],
    where,
    populate: { contact: { select: ['id', 'email'] }, helpdeskStatus: { select: ['id'] }, mergedInto: { select: ['id'] } },
    orderBy: { id: 'asc' },
  });
}

/** In the calling code's transaction. */
async function mark(strapi: Core.Strapi, viewer: Viewer, rows: SpamRow[], { isSpam, unblocks, work }: SpamChange): Promise<SpamResult> {
  // What was merged is closed, and its conversation is elsewhere.
  const those = rows.filter(({ mergedInto, isSpam: before }) => mergedInto === null && Boolean(before) !== isSpam);
  for (const row of those) {
    const data = isSpam
      ? {
          ticketStatus: STATUS.closed,
          isSpam,
          beforeSpam: { ticketStatus: row.ticketStatus, own: row.helpdeskStatus?.id ?? null, ...(work ? { work } : {}) },
        }
      : { ...(await statusBefore(strapi, row.beforeSpam ?? { ticketStatus: STATUS.open, own: null })), isSpam, beforeSpam: null };
    await withoutClosingEmails(() => updateDocument(strapi, UID.ticket, row.documentId, { ...data, updatedBy: viewer.id }));
  }
  const senders = await sendersOf(strapi, rows);
  const result = { tickets: those.map(({ documentId }) => documentId), targets: [], spared: [], withdrawn: 0, onTheirWay: 0 };
  if (!isSpam) {
    const allowed = unblocks ? senders.filter((sender) => unblocks.includes(sender)) : senders;
    return { ...result, targets: await unblock(strapi, allowed) };
  }
  const isSpared = await readExemptions(strapi);
  const spared = senders.filter((sender) => isSpared(sender) !== null);
  const targets = await addBlocks(
    strapi,
    viewer.id,
    senders.filter((sender) => !spared.includes(sender)),
    '',
  );
  return { ...result, targets, spared, ...(await withdraw(strapi, those)) };
}

/** The addresses from which the contacts of these tickets write, each once. */
async function sendersOf(strapi: Core.Strapi, rows: SpamRow[]): Promise<string[]> {
  const addressed = await atAddressInUse(strapi, rows);
  return [...new Set(addressed.flatMap(({ contact }) => (contact && isAddress(contact.email) ? [contact.email.toLowerCase()] : [])))];
}

/** Nothing that waits for these tickets leaves. What the outbox has begun to send cannot be held any more. */
async function withdraw(strapi: Core.Strapi, tickets: SpamRow[]): Promise<Pick<SpamResult, 'withdrawn' | 'onTheirWay'>> {
  const ticket = { id: { $in: tickets.map(({ id }) => id) } };
  const rows: { documentId: string; state: string }[] = await strapi.db.query(UID.delivery).findMany({
    select: ['id', 'documentId', 'state'],
    where: { ticket, state: { $in: ['queued', 'scheduled', 'sending'] } },
    orderBy: { id: 'asc' },
  });
  let withdrawn = 0;
  for (const { documentId, state } of rows) if (state !== 'sending' && (await cancelDelivery(strapi, documentId))) withdrawn += 1;
  return { withdrawn, onTheirWay: rows.length - withdrawn };
}
