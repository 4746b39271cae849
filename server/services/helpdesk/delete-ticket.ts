import type { Core } from '@strapi/strapi';
import { inTransaction } from '../storage/tables';
import { UID } from '../uids';
import { deleteAttachmentFiles } from './attachment-files';
import { holdTickets } from './merged';

/**
 * Deletes a ticket with its comments, their files, the emails about it (one that waits does not leave any more) and its activity log.
 * The contact stays, and so do the rows of the scan log: an email that was seen does not come back as news. Files go after the commit.
 */
export async function deleteTicket(strapi: Core.Strapi, { id, documentId }: { id: number; documentId: string }): Promise<void> {
  const keys = await inTransaction(strapi, async () => {
    await holdTickets(strapi, [id]);
    const comments = await strapi.db.query(UID.comment).findMany({ select: ['id', 'documentId'], where: { ticket: { id } } });
    const ofComments = { comment: { id: { $in: comments.map((comment) => comment.id) } } };
    const attachments = await strapi.db.query(UID.attachment).findMany({ select: ['id', 'key'], where: ofComments });
    await strapi.db.query(UID.attachment).deleteMany({ where: { id: { $in: attachments.map((attachment) => attachment.id) } } });
    await strapi.db.query(UID.delivery).deleteMany({ where: { ticket: { id } } });
    await strapi.db.query(UID.activity).deleteMany({ where: { ticket: { id } } });
    for (const comment of comments) await strapi.documents(UID.comment).delete({ documentId: comment.documentId });
    await strapi.documents(UID.ticket).delete({ documentId });
    return attachments.map((attachment): string => attachment.key);
  });
  await deleteAttachmentFiles(strapi, keys);
}
