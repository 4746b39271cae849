import type { Core } from '@strapi/strapi';
import type { Addressees } from '../outgoing/recipients';
import { chooseDelivery } from '../outgoing/outbox';
import { inTransaction, tableIn } from '../storage/tables';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { changeAnswered, newParticipants, statusAfter } from './answered-ticket';
import { commentOf, conversationPage, type ConversationComment } from './conversation';
import { schedule } from './send-later';
import { findShowable, noteShown } from './showing';
import { writeStaffComment } from './staff-comment';
import { untilSent } from './undo';
import { findUploads } from './uploads';
import type { Viewer } from './viewer';
import { say } from '../../../shared/sentences/words';
import { SpokenError } from '../lib/spoken-error';

/** How staff answer a ticket. */

interface Answer {
  text?: string;
  html?: string;
  isPublic: boolean;
  /** Set together with the comment, or not at all. */
  ticketStatus?: string;
  /** The documentId of a status of the site's own, in place of that. */
  helpdeskStatus?: string;
  /** A ticket that nobody has becomes the author's. */
  take?: boolean;
  /** When it is to be sent; left out: at once. */
  sendAt?: Date;
  /** The documentId of the last comment that the author has read; null when there was none, undefined when nobody asks. */
  lastSeen?: string | null;
  /** In place of those that the email template names; addresses that `problemsOfRecipients` has passed. */
  recipients?: Addressees;
  /** documentIds of files that the author has uploaded. */
  attachments?: string[];
  /** The documentId of an answer of people outside that the customer is shown by this: the log says so. */
  shows?: string;
  /** The email waits for a moment in which the answer can be taken back. */
  undoable?: boolean;
}

/** Somebody else wrote while this answer was being written: the newest of it, as a page of the conversation. */
export class AnsweredMeanwhile extends SpokenError {
  constructor(readonly comments: ConversationComment[]) {
    super(say('ticket.meanwhile'));
    this.name = 'AnsweredMeanwhile';
  }
}

/**
 * Adds a comment of an administrator and returns it as a page of the conversation has it. Throws AnsweredMeanwhile with the comments of others that
 * came after the last one seen, UploadGone when a file is not there any more, NotShowable, and a 400 for a status that is not there or switched off; nothing is written then. Of two answers in the same
 * moment, one sees the other.
 */
export async function answerTicket(
  strapi: Core.Strapi,
  ticket: { id: number; documentId: string },
  viewer: Viewer,
  answer: Answer,
): Promise<ConversationComment> {
  const user = viewer.id;
  const { ticketStatus, helpdeskStatus, take = false, sendAt, lastSeen, recipients, attachments = [], shows, undoable, ...words } = answer;
  const id = await inTransaction(strapi, async (trx) => {
    // The row is locked until the commit. SQLite has one connection and ignores this.
    await tableIn(strapi, trx, strapi.db.metadata.get(UID.ticket).tableName).where({ id: ticket.id }).forUpdate().select('id');
    const newer = lastSeen === undefined ? [] : await commentsAfter(strapi, ticket.id, lastSeen, viewer);
    if (newer.length > 0) throw new AnsweredMeanwhile(newer);
    const status = await statusAfter(strapi, ticketStatus, helpdeskStatus);
    const uploads = await findUploads(strapi, user, attachments);
    const chosen = answer.isPublic ? recipients : undefined;
    const shown = answer.isPublic && shows !== undefined ? await findShowable(strapi, ticket.id, shows) : undefined;

    const isPublic = answer.isPublic && !sendAt;
    const comment = await writeStaffComment(strapi, trx, { ...words, isPublic, ticket: ticket.id, user, uploads });
    if (answer.isPublic && sendAt) {
      if (take) await changeAnswered(strapi, ticket, user, { status: null, added: [], take });
      await schedule(strapi, comment, ticket.id, {
        sendAt,
        later: { user, ticketStatus: status?.ticketStatus ?? null, helpdeskStatus, shown },
        recipients: chosen ?? null,
      });
      return comment.id;
    }
    const added = chosen ? await newParticipants(strapi, ticket.id, chosen) : [];
    const undo = await changeAnswered(strapi, ticket, user, { status, added, take });
    if (answer.isPublic) {
      await chooseDelivery(strapi, comment.id, { recipients: chosen ?? null, ...untilSent(undoable, { ...undo, shown }) });
      await noteShown(strapi, ticket.id, shown);
    }
    return comment.id;
  });
  return commentOf(strapi, viewer, id);
}

/** What others wrote after this comment: customers and colleagues, no machines. */
async function commentsAfter(
  strapi: Core.Strapi,
  ticketId: number,
  lastSeen: string | null,
  viewer: Viewer,
): Promise<ConversationComment[]> {
  const seen =
    lastSeen === null
      ? null
      : await rowsOf(strapi, UID.comment).findOne({ select: ['id'], where: { documentId: lastSeen, ticket: { id: ticketId } } });
  const byOthers = { $or: [{ user: { id: { $null: true } } }, { user: { id: { $ne: viewer.id } } }] };
  const only = { $and: [{ id: { $gt: seen?.id ?? 0 }, isAutomatic: false }, byOthers] };
  return (await conversationPage(strapi, viewer, ticketId, { only })).comments;
}
