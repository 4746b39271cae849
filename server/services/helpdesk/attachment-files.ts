import type { Core } from '@strapi/strapi';
import { inPieces } from '../lib/pieces';
import { deleteFiles } from '../storage/files';
import { UID } from '../uids';

/** Deletes the files of attachments whose rows are gone. A repeated picture has one file for several rows: it stays with the others. */
export async function deleteAttachmentFiles(strapi: Core.Strapi, keys: string[]): Promise<void> {
  for (const some of inPieces(keys)) {
    const rows: { key: string }[] = await strapi.db.query(UID.attachment).findMany({ select: ['key'], where: { key: { $in: some } } });
    const named = new Set(rows.map(({ key }) => key));
    await deleteFiles(
      strapi,
      some.filter((key) => !named.has(key)),
    );
  }
}
