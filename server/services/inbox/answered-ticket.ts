import type { Core } from '@strapi/strapi';
import { MAX_PARTICIPANTS, participantsOf } from '../helpdesk/participants';
import type { Recipients } from '../outgoing/compose';
import { updateDocument } from '../storage/documents';
import { UID } from '../uids';
import { replyRecipients } from './reply-recipients';
import type { UndoNote } from './undo';

/** What an answer changes of its ticket. */

/**
 * Whom the author brought into the conversation. They become participants: an answer of theirs is accepted even when their mail
 * program drops the thread and only the ticket number is left. Those whom the template names anyway are no news.
 */
export async function newParticipants(strapi: Core.Strapi, ticketId: number, { to, cc }: Recipients): Promise<string[]> {
  const usual = await replyRecipients(strapi, ticketId);
  const known = new Set([...usual.to, ...usual.cc].map(({ address }) => address.toLowerCase()));
  return [...new Set([...to, ...cc].map(({ address }) => address.toLowerCase()))].filter((address) => !known.has(address));
}

export interface TicketChanges {
  ticketStatus: string | undefined;
  added: string[];
  take: boolean;
}

/** Sets the status, adds the participants and takes the ticket; returns what it takes to undo that. */
export async function changeAnswered(
  strapi: Core.Strapi,
  { id, documentId }: { id: number; documentId: string },
  user: number,
  { ticketStatus, added, take }: TicketChanges,
): Promise<UndoNote> {
  if (!ticketStatus && added.length === 0 && !take) return { ticket: id, ticketStatus: null, joined: [], taken: false };
  const before = await strapi.db.query(UID.ticket).findOne({
    select: ['ticketStatus', 'participants'],
    where: { id },
    populate: { assignee: { select: ['id'] }, helpdeskStatus: { select: ['id'] } },
  });
  const participants = participantsOf(before);
  const joined = added.filter((address) => !participants.includes(address)).slice(0, Math.max(0, MAX_PARTICIPANTS - participants.length));
  const data = {
    ...(ticketStatus && ticketStatus !== before.ticketStatus ? { ticketStatus } : {}),
    ...(joined.length > 0 ? { participants: [...participants, ...joined] } : {}),
    ...(take && !before.assignee ? { assignee: user } : {}),
  };
  if (Object.keys(data).length > 0) await updateDocument(strapi, UID.ticket, documentId, { ...data, updatedBy: user });
  return {
    ticket: id,
    ticketStatus: data.ticketStatus
      ? { before: before.ticketStatus, after: data.ticketStatus, own: before.helpdeskStatus?.id ?? null }
      : null,
    joined,
    taken: data.assignee !== undefined,
  };
}
