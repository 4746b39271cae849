import type { Core } from '@strapi/strapi';
import { noteActivities } from '../helpdesk/activity';
import { noteNews } from '../helpdesk/news';
import { log } from '../log';
import type { Addressees } from '../outgoing/recipients';
import { newMessageId } from '../outgoing/outbox';
import { scheduleDeliveries } from '../outgoing/wake';
import { pointsAt } from '../platform/links';
import { updateDocument } from '../storage/documents';
import { isConflict, isStorageFailure, plainWords, wordsOf } from '../storage/failure';
import { newDocumentId } from '../storage/randomness';
import { inTransaction, tableIn } from '../storage/tables';
import { afterCommit } from '../platform/after-commit';
import type { LaterNote } from './undo';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';
import { changeAnswered, newParticipants, statusAfter } from './answered-ticket';
import { replyRecipients } from './reply-recipients';
import { noteShown } from './showing';
import { inBoth, say, type Words } from '../../../shared/sentences/words';

/**
 * Answers that are to be sent later. Until its time comes such an answer is an internal note with an email in the outbox that nobody sends: no
 * door shows it to the customer, no other email repeats it, and the ticket stays as it is. Then one conditional change of the email's row
 * decides, as everywhere in the outbox: who takes it back, cancels it or sends it first has won. Where the customer has written meanwhile it is
 * not sent, and the team is told as of any email that could not leave.
 */

const MOST_AT_ONCE = 50;

/** Its recipients are settled now: the author has seen it. Part of the calling code's transaction. */
export async function schedule(
  strapi: Core.Strapi,
  comment: { id: number },
  ticketId: number,
  { sendAt, later, recipients }: { sendAt: Date; later: LaterNote; recipients: Addressees | null },
): Promise<void> {
  const { to, cc, bcc } = recipients ?? { ...(await replyRecipients(strapi, ticketId)), bcc: [] };
  const row = await rowsOf(strapi, UID.ticket).findOne({ select: ['id', 'threadToken'], where: { id: ticketId } });
  const data = {
    documentId: newDocumentId(),
    comment: comment.id,
    ticket: ticketId,
    to,
    cc,
    bcc,
    sendAt,
    later,
    state: 'scheduled',
    attempts: 0,
  };
  await strapi.db.query(UID.delivery).create({ data: { ...data, messageId: await newMessageId(strapi, row!.threadToken) } });
}

/** Sends what is due. Each in a transaction of its own; one that cannot be sent is shown as failed, and the others go on. */
export async function sendScheduled(strapi: Core.Strapi): Promise<void> {
  // By the clock, whatever it did meanwhile: its author chose that time.
  const where = { state: 'scheduled', sendAt: { $lte: new Date() } };
  const due = await rowsOf(strapi, UID.delivery).findMany({ select: ['id'], where, orderBy: { sendAt: 'asc' }, limit: MOST_AT_ONCE });
  for (const { id } of due) await send(strapi, id, ['scheduled'], false);
}

/** Sends one at once, though its time has not come, it was cancelled, or the customer has written. False when there is none to be sent. */
export async function sendNow(strapi: Core.Strapi, documentId: string): Promise<boolean> {
  const row = await rowsOf(strapi, UID.delivery).findOne({ select: ['id'], where: { documentId, later: { $notNull: true } } });
  return row ? send(strapi, row.id as number, ['scheduled', 'failed', 'cancelled'], true) : false;
}

const POPULATE = { comment: { select: ['id', 'documentId'] }, ticket: { select: ['id', 'documentId'] } } as const;
type Scheduled = Row<'delivery', typeof POPULATE>;

async function send(strapi: Core.Strapi, id: number, states: string[], isForced: boolean): Promise<boolean> {
  try {
    return await inTransaction(strapi, async (trx) => {
      const deliveries = tableIn(strapi, trx, strapi.db.metadata.get(UID.delivery).tableName);
      if ((await deliveries.where({ id }).whereIn('state', states).update({ state: 'queued' })) !== 1) return false;
      const row = (await rowsOf(strapi, UID.delivery).findOne({ where: { id }, populate: POPULATE }))!;
      const held = await heldBecause(strapi, row, isForced);
      if (held) await hold(strapi, row, held);
      else await publish(strapi, row);
      return true;
    });
  } catch (error) {
    if (isForced) throw error;
    log(strapi, 'error', 'An answer for later could not be sent', { reason: plainWords(error) });
    // A database that is away for a moment is not the answer's fault: the next beat takes it.
    if (!isStorageFailure(error) && !isConflict(error)) await giveUp(strapi, id, error);
    return false;
  }
}

/** Why it must not leave by itself; null when it may. */
async function heldBecause(strapi: Core.Strapi, { comment, ticket }: Scheduled, isForced: boolean): Promise<Words | null> {
  if (!comment || !ticket) return say('outgoing.deleted');
  if (isForced) return null;
  const byCustomer = { $or: [{ source: 'email' }, { contact: { id: { $notNull: true } } }] };
  const since = { id: { $gt: comment.id }, isAutomatic: false, user: { id: { $null: true } } };
  const where = { $and: [since, byCustomer, { isPublic: true }, pointsAt(strapi, UID.comment, 'ticket', ticket.id)] };
  return (await strapi.db.query(UID.comment).count({ where })) > 0 ? say('outgoing.wroteMeanwhile') : null;
}

async function hold(strapi: Core.Strapi, { id, ticket }: Pick<Scheduled, 'id' | 'ticket'>, reason: Words): Promise<void> {
  const data = { state: 'failed', ...inBoth('lastError', reason) };
  await strapi.db.query(UID.delivery).updateMany({ where: { id }, data });
  if (!ticket) return;
  await noteActivities(strapi, [{ ticket: ticket.id, kind: 'mailFailed', detail: inBoth('reason', reason) }]);
  await noteNews(strapi, [{ kind: 'failed', ticket: ticket.id, record: id }]);
}

/** Unless somebody has taken it back, sent or cancelled it meanwhile. */
const giveUp = (strapi: Core.Strapi, id: number, error: unknown): Promise<void> =>
  inTransaction(strapi, async () => {
    const row = await rowsOf(strapi, UID.delivery).findOne({ where: { id, state: 'scheduled' }, populate: POPULATE });
    if (row) await hold(strapi, row, say('outgoing.notMade', { why: wordsOf(error) }));
  });

/** From here on it is an answer as any other. */
async function publish(strapi: Core.Strapi, { id, to, cc, later, comment, ticket }: Scheduled): Promise<void> {
  if (!comment || !ticket) return;
  const now = new Date();
  const { user, ticketStatus, helpdeskStatus, shown } = later as LaterNote;
  await updateDocument(strapi, UID.comment, comment.documentId, { isPublic: true });
  await strapi.db.query(UID.comment).updateMany({ where: { id: comment.id }, data: { createdAt: now } });
  const added = await newParticipants(strapi, ticket.id, { to: to ?? [], cc: cc ?? [] });
  const isThere =
    helpdeskStatus && (await strapi.db.query(UID.ticketStatus).count({ where: { documentId: helpdeskStatus, active: true } })) > 0;
  const status = await statusAfter(strapi, ticketStatus ?? undefined, isThere ? helpdeskStatus : undefined);
  // Who wrote it may have left since.
  const isHere = (await strapi.db.query('admin::user').count({ where: { id: user } })) > 0;
  await changeAnswered(strapi, ticket, isHere ? user : null, { status, added, take: false });
  await noteShown(strapi, ticket.id, shown);
  await strapi.db.query(UID.ticket).updateMany({ where: { id: ticket.id }, data: { lastActivityAt: now } });
  const data = { state: 'queued', nextAttemptAt: now, queuedAt: now, later: null, ...inBoth('lastError', null) };
  await strapi.db.query(UID.delivery).updateMany({ where: { id }, data });
  await afterCommit(strapi, () => scheduleDeliveries(strapi));
}
