import type { Core } from '@strapi/strapi';
import { MAX_PARTICIPANTS, participantsOf } from '../helpdesk/participants';
import type { Recipients } from '../outgoing/recipients';
import { updateDocument } from '../storage/documents';
import { type TicketStatus } from '../../../shared/vocabulary';
import { UID } from '../uids';
import { replyRecipients } from './reply-recipients';
import { statusChange } from './statuses';
import type { UndoNote } from './undo';

/** What an answer changes of its ticket. */

/**
 * The people that the author brought into the conversation. They become participants: an answer of theirs is accepted even when their mail
 * program drops the thread and only the ticket number is left. Those that the template names anyway are no news.
 */
export async function newParticipants(strapi: Core.Strapi, ticketId: number, { to, cc }: Recipients): Promise<string[]> {
  const usual = await replyRecipients(strapi, ticketId);
  const known = new Set([...usual.to, ...usual.cc].map(({ address }) => address.toLowerCase()));
  return [...new Set([...to, ...cc].map(({ address }) => address.toLowerCase()))].filter((address) => !known.has(address));
}

/** What a ticket becomes by an answer. */
interface StatusAfter {
  ticketStatus: TicketStatus;
  /** The status of the site's own that was chosen. */
  own?: { id: number; documentId: string };
}

/** Throws a 400 for a status of the site's own that is not there or switched off. */
export async function statusAfter(strapi: Core.Strapi, ticketStatus?: string, documentId?: string): Promise<StatusAfter | null> {
  if (documentId === undefined) return ticketStatus ? { ticketStatus: ticketStatus as TicketStatus } : null;
  const { helpdeskStatus: id, ticketStatus: kind } = (await statusChange(strapi, documentId)) as {
    helpdeskStatus: number;
    ticketStatus: TicketStatus;
  };
  return { ticketStatus: kind, own: { id, documentId } };
}

interface TicketChanges {
  status: StatusAfter | null;
  added: string[];
  take: boolean;
}

/** Sets the status, adds the participants and takes the ticket; returns what it takes to undo that. `user`: null once their account is gone. */
export async function changeAnswered(
  strapi: Core.Strapi,
  { id, documentId }: { id: number; documentId: string },
  user: number | null,
  { status, added, take }: TicketChanges,
): Promise<UndoNote> {
  if (!status && added.length === 0 && !take) return { ticket: id, ticketStatus: null, joined: [], taken: false };
  const before = await strapi.db.query(UID.ticket).findOne({
    select: ['ticketStatus', 'participants'],
    where: { id },
    populate: { assignee: { select: ['id'] }, helpdeskStatus: { select: ['id'] } },
  });
  const participants = participantsOf(before);
  const joined = added.filter((address) => !participants.includes(address)).slice(0, Math.max(0, MAX_PARTICIPANTS - participants.length));
  const isOther = status && (status.ticketStatus !== before.ticketStatus || (status.own && status.own.id !== before.helpdeskStatus?.id));
  const data = {
    ...(isOther ? { ticketStatus: status.ticketStatus, ...(status.own ? { helpdeskStatus: status.own.id } : {}) } : {}),
    ...(joined.length > 0 ? { participants: [...participants, ...joined] } : {}),
    ...(take && user !== null && !before.assignee ? { assignee: user } : {}),
  };
  if (Object.keys(data).length > 0)
    await updateDocument(strapi, UID.ticket, documentId, { ...data, ...(user === null ? {} : { updatedBy: user }) });
  return {
    ticket: id,
    ticketStatus: isOther
      ? {
          before: before.ticketStatus,
          after: status.ticketStatus,
          own: before.helpdeskStatus?.id ?? null,
          ownAfter: status.own?.documentId ?? null,
        }
      : null,
    joined,
    taken: data.assignee !== undefined,
  };
}
