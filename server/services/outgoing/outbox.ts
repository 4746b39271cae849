import type { Core } from '@strapi/strapi';
import { inPieces } from '../lib/pieces';
import { log } from '../log';
import { getOutgoingMail } from '../settings/settings';
import { plainWords } from '../storage/failure';
import { inTransaction, tableIn } from '../storage/tables';
import { afterCommit } from '../platform/after-commit';
import { UID } from '../uids';
import { withdrawDraft } from './graph-transport';
import { scheduleDeliveries, wakeAt } from './wake';
import { createMessageId, sendingDomain } from './compose';
import type { Addressees } from './recipients';
import { columnsOf } from './stored-mail';
import type { OutgoingMail } from './transport';
import { inBoth, type Words } from '../../../shared/sentences/words';

/**
 * The outbox: rows of deliveries, written in the transaction of the comment that they are about and sent afterwards by one
 * instance at a time. A mail is composed once, and every attempt sends the same one under the same Message-ID, so that the
 * rare second copy (a crash between the server's OK and our note of it) is recognised as the same by every mail server.
 */

/** By which an email about that ticket is known. */
export async function newMessageId(strapi: Core.Strapi, threadToken: string): Promise<string> {
  const { fromAddress } = await getOutgoingMail(strapi);
  // Before outgoing mail is set up there is no domain of ours yet; RFC 2606 keeps this one free.
  return createMessageId(threadToken, fromAddress ? sendingDomain(fromAddress) : 'mail-scanner.invalid');
}

interface NewDelivery {
  ticket: { id: number; threadToken: string };
  /** The id of the comment that it is about; null for what the plugin sends by itself. */
  comment: number | null;
  /** The key of its template; null for the one about comments. */
  template: string | null;
  /** Why it is held back: it is there as failed then, and somebody may send it all the same. */
  heldBack: Words | null;
  /** When it may leave; left out: at once. */
  dueAt?: Date;
}

/** Puts an email into the outbox, in the calling code's transaction. */
export async function enqueue(strapi: Core.Strapi, { ticket, comment, template, heldBack, dueAt }: NewDelivery): Promise<void> {
  const messageId = await newMessageId(strapi, ticket.threadToken);
  const state =
    heldBack === null ? { state: 'queued', nextAttemptAt: dueAt ?? new Date() } : { state: 'failed', ...inBoth('lastError', heldBack) };
  const data = { comment, template, ticket: ticket.id, messageId, attempts: 0, queuedAt: new Date(), ...state };
  await strapi.db.query(UID.delivery).create({ data });
  await afterCommit(strapi, () => (dueAt ? wakeAt(strapi, dueAt) : scheduleDeliveries(strapi)));
}

/** Puts an email into the outbox that is made already, in the calling code's transaction. */
export async function enqueueMade(
  strapi: Core.Strapi,
  mail: OutgoingMail,
  about: { ticket: number; comment: number; template: string; dueAt: Date | null; undo: object | null },
): Promise<void> {
  const { dueAt, ...row } = about;
  const now = new Date();
  const data = {
    ...columnsOf(mail),
    ...row,
    messageId: mail.messageId,
    state: 'queued',
    attempts: 0,
    queuedAt: now,
    nextAttemptAt: dueAt ?? now,
  };
  await strapi.db.query(UID.delivery).create({ data });
  await afterCommit(strapi, () => (dueAt ? wakeAt(strapi, dueAt) : scheduleDeliveries(strapi)));
}

interface Choices {
  /** In place of those that the template names; null for those. */
  recipients: Addressees | null;
  /** When the email may leave; null for at once. */
  dueAt: Date | null;
  /** See inbox/undo.ts; null when nothing can be taken back. */
  undo: object | null;
}

/** What the author of a comment chose for its email, in the transaction that put the email into the outbox. */
export async function chooseDelivery(strapi: Core.Strapi, commentId: number, { recipients, dueAt, undo }: Choices): Promise<void> {
  const data = {
    undo: undo && JSON.stringify(undo),
    ...(recipients ? { to: JSON.stringify(recipients.to), cc: JSON.stringify(recipients.cc), bcc: JSON.stringify(recipients.bcc) } : {}),
    ...(dueAt ? { next_attempt_at: dueAt } : {}),
  };
  await inTransaction(strapi, (trx) =>
    tableIn(strapi, trx, strapi.db.metadata.get(UID.delivery).tableName).where({ comment_id: commentId }).update(data),
  );
  if (dueAt) await afterCommit(strapi, () => wakeAt(strapi, dueAt));
}

const retried = () => ({ state: 'queued', attempts: 0, queuedAt: new Date(), nextAttemptAt: new Date(), bouncedAt: null, bounces: null });

/** Sends a failed, waiting or cancelled delivery at the next opportunity. Returns false when there is none to be sent. */
export async function retryDelivery(strapi: Core.Strapi, documentId: string): Promise<boolean> {
  const { count } = await strapi.db
    .query(UID.delivery)
    .updateMany({ where: { documentId, state: { $in: ['failed', 'queued', 'cancelled'] }, later: { $null: true } }, data: retried() });
  if (count > 0) scheduleDeliveries(strapi);
  return count > 0;
}

/** Sends all that could not leave once more, apart from what came back and what somebody has to look at again. Returns how many those are. */
export async function retryFailed(strapi: Core.Strapi, where: object): Promise<number> {
  const failed = await strapi.db.query(UID.delivery).findMany({
    select: ['id'],
    where: { $and: [where, { state: 'failed', bouncedAt: { $null: true }, later: { $null: true } }] },
  });
  let total = 0;
  for (const some of inPieces(failed)) {
    const ids = some.map(({ id }) => id);
    const { count } = await strapi.db.query(UID.delivery).updateMany({ where: { id: { $in: ids }, state: 'failed' }, data: retried() });
    total += count;
  }
  if (total > 0) scheduleDeliveries(strapi);
  return total;
}

/**
 * Keeps a waiting email from leaving; the comment stays. One that some have got already is not tried again for the others. Returns
 * false when it is not waiting: it has left, or is about to.
 */
export async function cancelDelivery(strapi: Core.Strapi, documentId: string): Promise<boolean> {
  const deliveries = strapi.db.query(UID.delivery);
  const waits = { documentId, state: { $in: ['queued', 'scheduled'] } };
  const data = { nextAttemptAt: null, putOff: null };
  const { count: leftForSome } = await deliveries.updateMany({
    where: { ...waits, putOff: { $notNull: true } },
    data: { ...data, state: 'sent' },
  });
  if (leftForSome > 0) return true;
  const { count } = await deliveries.updateMany({ where: waits, data: { ...data, state: 'cancelled' } });
  if (count > 0) await afterCommit(strapi, () => withdrawSoon(strapi, documentId));
  return count > 0;
}

/** What a provider has of it, in the background. */
function withdrawSoon(strapi: Core.Strapi, documentId: string): void {
  setImmediate(() => {
    withdraw(strapi, documentId).catch((error) =>
      log(strapi, 'warn', 'The draft of a cancelled email could not be looked at', { delivery: documentId, reason: plainWords(error) }),
    );
  });
}

/** Takes the draft away, so that nobody sends it by hand; where the email has left all the same, the row says so. */
async function withdraw(strapi: Core.Strapi, documentId: string): Promise<void> {
  const deliveries = strapi.db.query(UID.delivery);
  const row = await deliveries.findOne({ select: ['id', 'messageId', 'draft'], where: { documentId, state: 'cancelled' } });
  if (!row?.draft) return;
  const outcome = await withdrawDraft(strapi, row.draft, row.messageId);
  const sent = outcome === 'sent' ? { state: 'sent', sentAt: new Date(row.draft.mayHaveLeftSince), ...inBoth('lastError', null) } : {};
  if (outcome !== 'unknown') await deliveries.updateMany({ where: { documentId, state: 'cancelled' }, data: { draft: null, ...sent } });
}
