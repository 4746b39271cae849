import type { Core } from '@strapi/strapi';
import { piecesOf } from '../storage/chunks';
import { pointsAt } from '../storage/links';
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
    const keys: string[] = [];
    const comments = piecesOf<{ id: number; documentId: string }>(strapi, UID.comment, {
      select: ['id', 'documentId'],
      where: pointsAt(strapi, UID.comment, 'ticket', id),
    });
    for await (const some of comments) {
      keys.push(...(await deleteAttachments(strapi, some)));
      for (const { documentId: comment } of some) await strapi.documents(UID.comment).delete({ documentId: comment });
    }
    await strapi.db.query(UID.delivery).deleteMany({ where: { ticket: { id } } });
    await strapi.db.query(UID.activity).deleteMany({ where: { ticket: { id } } });
    await strapi.documents(UID.ticket).delete({ documentId });
    return keys;
  });
  await deleteAttachmentFiles(strapi, keys);
}

/** Deletes the rows of these comments' files. Resolves with their keys. */
async function deleteAttachments(strapi: Core.Strapi, comments: { id: number }[]): Promise<string[]> {
  const keys: string[] = [];
  const where = { comment: { id: { $in: comments.map(({ id }) => id) } } };
  for await (const some of piecesOf<{ id: number; key: string }>(strapi, UID.attachment, { select: ['id', 'key'], where })) {
    await strapi.db.query(UID.attachment).deleteMany({ where: { id: { $in: some.map(({ id }) => id) } } });
    keys.push(...some.map(({ key }) => key));
  }
  return keys;
}
