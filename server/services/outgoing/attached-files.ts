import type { Core } from '@strapi/strapi';
import { privateFilePath } from '../storage/files';
import { UID } from '../uids';
import { NotDeliverable } from './compose-delivery';
import type { OutgoingFile } from './transport';

/**
 * The files that an email brings along: those of the comment that it is about, the same at every attempt. Throws NotDeliverable
 * when one is gone: an answer that says "see attached" must not leave without it.
 */
export async function attachedFiles(strapi: Core.Strapi, commentId: number): Promise<OutgoingFile[]> {
  const rows = await strapi.db.query(UID.attachment).findMany({ where: { comment: { id: commentId } }, orderBy: { id: 'asc' } });
  return Promise.all(
    rows.map(async ({ name, mime, key, inline, contentId }) => {
      const path = await privateFilePath(strapi, key);
      if (path === null)
        throw new NotDeliverable(
          `The attached file "${name}" is not in the private folder any more. Bring it back and send the email again.`,
        );
      return { name, mime, path, contentId: inline ? contentId : null };
    }),
  );
}
