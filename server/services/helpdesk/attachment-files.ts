import type { Core } from '@strapi/strapi';
import { deleteFiles } from '../storage/files';
import { UID } from '../uids';

const KEYS_A_QUERY = 500;

/** Deletes the files of attachments whose rows are gone. A repeated picture has one file for several rows: it stays with the others. */
export async function deleteAttachmentFiles(strapi: Core.Strapi, keys: string[]): Promise<void> {
  for (let start = 0; start < keys.length; start += KEYS_A_QUERY) {
    const some = keys.slice(start, start + KEYS_A_QUERY);
    const rows: { key: string }[] = await strapi.db.query(UID.attachment).findMany({ select: ['key'], where: { key: { $in: some } } });
    const named = new Set(rows.map(({ key }) => key));
    await deleteFiles(
      strapi,
      some.filter((key) => !named.has(key)),
    );
  }
}
