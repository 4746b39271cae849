import type { Core } from '@strapi/strapi';
import { privateFilePath } from '../storage/files';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { NotDeliverable } from './compose-delivery';
import type { OutgoingFile } from './transport';
import { say } from '../../../shared/sentences/words';

/**
 * The files that emails bring along, by the comments that they are about: the same at every attempt. In place of files a NotDeliverable
 * where one is gone: an answer that says "see attached" must not leave without it.
 */
export async function attachedFiles(strapi: Core.Strapi, comments: number[]): Promise<Map<number, OutgoingFile[] | NotDeliverable>> {
  const rows = await rowsOf(strapi, UID.attachment).findMany({
    where: { comment: { id: { $in: comments } } },
    orderBy: { id: 'asc' },
    populate: { comment: { select: ['id'] } },
  });
  const files = new Map<number, OutgoingFile[] | NotDeliverable>();
  for (const { comment, name, mime, key, inline, contentId } of rows) {
    const id = comment!.id;
    const found = files.get(id) ?? [];
    if (found instanceof Error) continue;
    const path = await privateFilePath(strapi, key);
    const gone = say('answer.attachedGone', { file: name });
    files.set(id, path === null ? new NotDeliverable(gone) : [...found, { name, mime, path, contentId: inline ? contentId : null }]);
  }
  return files;
}
