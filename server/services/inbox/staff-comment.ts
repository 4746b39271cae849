import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { newDocumentId } from '../storage/randomness';
import { createRecords, type NewRecord } from '../storage/records';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { attachUploads, type Upload } from './uploads';

/**
 * Writes what an administrator wrote on a ticket, with their uploads, and returns its ids; part of the calling code's transaction. Throws
 * UploadGone. By the way of an import: Strapi's own asks for each relation once more and reads all of it again for events, whether anybody
 * hears them or not.
 */
export async function writeStaffComment(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  { user, uploads, ...data }: { user: number; ticket: number; uploads: Upload[] } & Record<string, unknown>,
): Promise<{ id: number; documentId: string }> {
  const record: NewRecord = {
    documentId: newDocumentId(),
    data: { ...data, user, createdBy: user, updatedBy: user, source: 'admin' },
  };
  await createRecords(strapi, UID.comment, [record]);
  const id = record.id!;
  if (uploads.length > 0) await attachUploads(strapi, trx, uploads, { id, html: await keptHtml(strapi, id) });
  return { id, documentId: record.documentId };
}

const keptHtml = async (strapi: Core.Strapi, comment: number): Promise<string | null> =>
  (await rowsOf(strapi, UID.comment).findOne({ select: ['html'], where: { id: comment } }))!.html;
