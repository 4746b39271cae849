import type { Core } from '@strapi/strapi';
import type { CustomerComment, CustomerConversation } from '../../../shared/api/customer-page';
import { pointsAt } from '../platform/links';
import { getSettings } from '../settings/settings';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';
import { readableBy } from './audience';
import { bodyHtml, textOf } from './change-comments';
import { isUndoable } from './compose-delivery';
import { isAutomatic } from './standard-templates';
import type { LinkedTicket } from './ticket-link';
import { emailsOf, publicComments, readComments, type ReadComment } from './ticket-reading';

/** A conversation as its customer has it: what an email to them alone would repeat, and nothing more. */

/** The newest comments that this customer may read, or those before the one of that documentId; oldest first. */
export async function conversationFor(strapi: Core.Strapi, ticket: LinkedTicket, before?: string): Promise<CustomerConversation> {
  const until = before === undefined ? undefined : await idOf(strapi, ticket.id, before);
  const read = await publicComments(strapi, ticket.id, until);
  const last = read.at(-1);
  const older = last && (await publicComments(strapi, ticket.id, last.id, 1));
  const shown = (await readable(strapi, ticket, read)).reverse();
  const files = await filesOf(
    strapi,
    shown.map(({ id }) => id),
  );
  const { ticketNumber, title, ticketStatus } = ticket;
  return {
    ticketNumber,
    title,
    ticketStatus,
    comments: shown.map((comment) =>
      presented(
        comment,
        ticket,
        files.filter((file) => file.comment?.id === comment.id),
      ),
    ),
    before: last && older?.length ? last.documentId : null,
  };
}

/** A file of a comment that this customer may read; null for any other. */
export async function customerFile(strapi: Core.Strapi, ticket: LinkedTicket, documentId: string): Promise<Row<'attachment'> | null> {
  const file = await rowsOf(strapi, UID.attachment).findOne({
    where: { $and: [{ documentId }, IS_SHOWN] },
    populate: { comment: { select: ['id'], populate: { ticket: { select: ['id'] } } } },
  });
  if (!file?.comment || file.comment.ticket?.id !== ticket.id) return null;
  const comments = [...(await readComments(strapi, [file.comment.id])).values()];
  return (await readable(strapi, ticket, comments)).length > 0 ? file : null;
}

/** As in an email to the contact alone (compose-delivery.ts). What can still be taken back is not told yet. */
async function readable(strapi: Core.Strapi, { id, contact }: LinkedTicket, comments: ReadComment[]): Promise<ReadComment[]> {
  const emails = (await emailsOf(strapi, [id])).get(id) ?? [];
  const untold = new Set(emails.filter(isUndoable).map(({ comment }) => comment?.id));
  const told = comments.filter((comment) => comment.isPublic === true && !untold.has(comment.id));
  const recipients = { to: [{ address: contact.email, name: '' }], cc: [] };
  const { staffDomains } = await getSettings(strapi);
  const aboutComments = emails.filter(({ template }) => !isAutomatic(template));
  return readableBy(told, aboutComments, { recipients, contact, staffDomains });
}

async function idOf(strapi: Core.Strapi, ticket: number, documentId: string): Promise<number> {
  const where = { $and: [{ documentId }, pointsAt(strapi, UID.comment, 'ticket', ticket)] };
  return (await rowsOf(strapi, UID.comment).findOne({ select: ['id'], where }))?.id ?? 0;
}

/** Logos that each email repeats are left out, and the wholes of texts that are cut. */
const IS_SHOWN = { $and: [{ $or: [{ repeated: false }, { repeated: { $null: true } }] }, { wholeOf: { $null: true } }] };

const OF_COMMENT = { comment: { select: ['id'] } } as const;
type FileRow = Row<'attachment', typeof OF_COMMENT>;

const filesOf = (strapi: Core.Strapi, comments: number[]): Promise<FileRow[]> =>
  rowsOf(strapi, UID.attachment).findMany({
    where: { $and: [{ comment: { id: { $in: comments } } }, IS_SHOWN] },
    orderBy: { id: 'asc' },
    populate: OF_COMMENT,
  });

function presented(comment: ReadComment, ticket: LinkedTicket, files: FileRow[]): CustomerComment {
  const isByCustomer = comment.contact?.id === ticket.contact.id;
  const isOurs = Boolean(comment.user || comment.isOutgoing || comment.isByColleague || (!comment.contact && comment.source !== 'email'));
  return {
    id: comment.documentId,
    by: isByCustomer ? 'customer' : isOurs ? 'support' : 'other',
    // An agent is known to customers by their name, if at all.
    author: comment.authorName === comment.authorAddress && isOurs ? null : comment.authorName,
    writtenAt: new Date(comment.writtenAt ?? comment.createdAt).toISOString(),
    text: textOf(comment),
    html: bodyHtml(comment, { isStyled: false }),
    files: files.map(({ documentId, name, mime, size }) => ({ id: documentId, name, mime, size })),
  };
}
