import type { TakenBack } from '../../../shared/api/answering';
import type { Core } from '@strapi/strapi';
import { participantsOf } from '../helpdesk/participants';
import { isAhead } from '../storage/clock';
import { updateDocument } from '../storage/documents';
import { readPrivateFile } from '../storage/files';
import { inTransaction, tableIn } from '../storage/tables';
import { rowsOf, type Found } from '../storage/rows';
import type { TicketStatus } from '../../../shared/vocabulary';
import { UID } from '../uids';
import { noteShown, type Shown } from './showing';
import { detachUploads } from './uploads';
import { say } from '../../../shared/sentences/words';
import { SpokenError } from '../lib/spoken-error';

/**
 * Taking an answer back in the seconds before its email leaves, or before the time that was chosen for it. The email's row in the outbox decides: whoever changes it first,
 * the outbox that begins to send or the undo that removes it, has won.
 */

const UNDO_MS = 10_000;
/** A click in the last moment is on its way for a while. */
const GRACE_MS = 5_000;

/** Kept with the delivery: what the answer changed besides. */
export interface UndoNote {
  /** The id of the ticket: a comment that was moved meanwhile changes nothing where it is now. */
  ticket: number;
  /** Of the site's own: the id of the one that the ticket had, and the documentId of the one that it got; left out in notes of earlier releases. */
  ticketStatus: { before: string; after: TicketStatus; own?: number | null; ownAfter?: string | null } | null;
  /** Who became a participant by this answer. */
  joined: string[];
  /** The author took the ticket, which nobody had. Left out in notes of earlier releases. */
  taken?: boolean;
  /** What of people outside the customer would have been shown. */
  shown?: Shown;
  /** What was chosen and written for a forward; left out for answers. */
  forward?: TakenBack['forward'];
}

/** When an email leaves that can be taken back until then, and what is kept for that; of any other, it leaves at once. */
export const untilSent = (undoable: boolean | undefined, undo: UndoNote): { dueAt: Date | null; undo: UndoNote | null } =>
  undoable ? { dueAt: new Date(Date.now() + UNDO_MS), undo } : { dueAt: null, undo: null };

/** Kept with an email for later: what its answer does then. */
export interface LaterNote {
  /** The id of the author. */
  user: number;
  /** What the ticket becomes. */
  ticketStatus: TicketStatus | null;
  /** The documentId of a status of the site's own; where it is gone or switched off by then, `ticketStatus` is what it meant. */
  helpdeskStatus?: string;
  /** What of people outside the customer is shown by it. */
  shown?: Shown;
}

/** The answer cannot be taken back, or not any more. */
export class TooLateToUndo extends SpokenError {
  constructor() {
    super(say('answer.onItsWay'));
    this.name = 'TooLateToUndo';
  }
}

interface UndoableRow {
  state: string;
  attempts: number;
  nextAttemptAt: string | Date | null;
  /** An UndoNote. */
  undo: unknown;
}

/** For how many seconds an email can still be taken back; 0: not at all. Not a moment in time, because the clocks of browsers differ. */
export function undoSeconds({ state, attempts, nextAttemptAt, undo }: UndoableRow): number {
  if (!undo || state !== 'queued' || attempts > 0 || !nextAttemptAt) return 0;
  const left = (new Date(nextAttemptAt).getTime() - Date.now()) / 1000;
  // The clock has gone back: it may leave at any moment.
  return isAhead(nextAttemptAt) ? 0 : Math.max(0, left);
}

/**
 * Takes back an answer of this administrator: comment and email are gone, its files are uploads again, the ticket is as it was. Returns
 * what was written, so that it can be written on. Throws TooLateToUndo and changes nothing when the email has begun to leave, when
 * the answer was made by another door, or when it is somebody else's.
 */
export async function undoAnswer(strapi: Core.Strapi, user: number, documentId: string): Promise<TakenBack> {
  return inTransaction(strapi, async (trx) => {
    const where = { documentId, user: { id: user } };
    const comment = await rowsOf(strapi, UID.comment).findOne({ where, populate: { ticket: TICKET } });
    const delivery = comment && (await rowsOf(strapi, UID.delivery).findOne({ where: { comment: { id: comment.id } } }));
    if (!comment || !delivery) throw new TooLateToUndo();
    const later = delivery.state === 'scheduled' ? (delivery.later as LaterNote) : null;
    const undo = delivery.undo as UndoNote | null;
    if (!later && (!undo || new Date(delivery.nextAttemptAt ?? 0).getTime() + GRACE_MS < Date.now())) throw new TooLateToUndo();
    const deliveries = tableIn(strapi, trx, strapi.db.metadata.get(UID.delivery).tableName);
    const removed = await deliveries.where({ id: delivery.id, state: later ? 'scheduled' : 'queued', attempts: 0 }).delete();
    if (removed !== 1) throw new TooLateToUndo();

    const attachments = await rowsOf(strapi, UID.attachment).findMany({
      select: ['documentId', 'name', 'mime', 'size', 'contentId', 'inline'],
      // What a forward took along from other messages stays with those.
      where: { comment: { id: comment.id }, wholeOf: { $null: true }, uploadedBy: { $notNull: true } },
      orderBy: { id: 'asc' },
    });
    const wholes = await takeWholes(strapi, comment.id);
    await detachUploads(strapi, trx, comment.id);
    await strapi.documents(UID.comment).delete({ documentId });
    if (!later && undo && comment.ticket?.id === undo.ticket) await restoreTicket(strapi, comment.ticket, user, undo);
    const { shown: fromOutside } = later ?? undo ?? {};
    if (!later && undo) await noteShown(strapi, undo.ticket, fromOutside, true);
    const forward = (later ? null : undo?.forward) ?? null;
    const { text = null, html = null } = forward ?? { ...comment, ...wholes };
    return {
      text,
      html,
      ticketStatus: later ? later.ticketStatus : (undo?.ticketStatus?.after ?? null),
      helpdeskStatus: (later ? later.helpdeskStatus : undo?.ticketStatus?.ownAfter) ?? null,
      sendAt: delivery.sendAt,
      to: delivery.to,
      cc: delivery.cc,
      bcc: delivery.bcc,
      attachments,
      forward,
      shows: fromOutside?.comment ?? null,
    };
  });
}

/** Texts that were too long for the comment's row. Their rows go; the sweep of orphans takes the files. */
async function takeWholes(strapi: Core.Strapi, comment: number): Promise<{ text?: string; html?: string }> {
  const where = { comment: { id: comment }, wholeOf: { $notNull: true } };
  const rows = await rowsOf(strapi, UID.attachment).findMany({ select: ['id', 'key', 'wholeOf'], where });
  const texts: Record<string, string> = {};
  for (const { key, wholeOf } of rows) texts[wholeOf!] = (await readPrivateFile(strapi, key)).toString('utf8');
  await strapi.db.query(UID.attachment).deleteMany({ where: { id: { $in: rows.map(({ id }) => id) } } });
  return texts;
}

const TICKET = {
  select: ['id', 'documentId', 'ticketStatus', 'participants'],
  populate: { assignee: { select: ['id'] }, helpdeskStatus: { select: ['documentId'] } },
} as const;
type AnsweredTicket = Found<typeof UID.ticket, typeof TICKET>;

/** Only what is still as the answer left it: what somebody changed since is theirs. */
async function restoreTicket(
  strapi: Core.Strapi,
  ticket: AnsweredTicket,
  user: number,
  { ticketStatus, joined, taken }: UndoNote,
): Promise<void> {
  const participants = participantsOf(ticket);
  const data = {
    ...(ticketStatus && isAsLeft(ticket, ticketStatus)
      ? await statusBefore(strapi, { ticketStatus: ticketStatus.before, own: ticketStatus.own })
      : {}),
    ...(joined.length > 0 ? { participants: participants.filter((address) => !joined.includes(address)) } : {}),
    ...(taken && ticket.assignee?.id === user ? { assignee: null } : {}),
  };
  if (Object.keys(data).length > 0) await updateDocument(strapi, UID.ticket, ticket.documentId, { ...data, updatedBy: user });
}

const isAsLeft = (
  { ticketStatus, helpdeskStatus }: AnsweredTicket,
  { after, ownAfter = null }: NonNullable<UndoNote['ticketStatus']>,
): boolean => ticketStatus === after && (helpdeskStatus?.documentId ?? null) === ownAfter;

/** A ticket's status as it was. One of the site's own may be gone or switched off since. */
export async function statusBefore(
  strapi: Core.Strapi,
  { ticketStatus, own }: { ticketStatus: string; own?: number | null },
): Promise<object> {
  const isThere = own != null && (await strapi.db.query(UID.ticketStatus).count({ where: { id: own, active: true } })) > 0;
  return { ticketStatus, helpdeskStatus: isThere ? own : null };
}
