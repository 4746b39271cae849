import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { composed } from '../lib/composed';
import { attachmentName } from '../message/mime/attachment-name';
import { copyToPrivate, deleteFiles } from '../storage/files';
import { inTransaction, tableIn } from '../storage/tables';
import { UID } from '../uids';
import { deleteAttachmentFiles } from '../helpdesk/attachment-files';
import { say } from '../../../shared/sentences/words';
import { SpokenError } from '../lib/spoken-error';

/**
 * Files for an answer that is being written. An upload is an attachment without a comment: sending the answer gives it one, and
 * what is never sent is swept up. Each change says in its condition what it takes for granted, so that of sending, discarding and
 * sweeping in the same moment one wins.
 */

/** In base64 18 MB become some 25 MB, which is what most mail servers take. */
export const UPLOAD_LIMITS = { fileBytes: 10_000_000, totalBytes: 18_000_000, files: 20 } as const;

/** What one administrator has uploaded and not sent: several drafts at a time, and no disk full of them. */
const MOST_UNSENT = { bytes: 200_000_000, files: 200 } as const;

/** A draft may wait this long for its author; then its files go. */
const KEEP_DAYS = 7;
const SWEPT_AT_ONCE = 100;

/** Pictures that every mail program shows and that can hold no code. */
const INLINE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** As the inbox shows an attachment. */
const ATTRIBUTES = ['documentId', 'name', 'mime', 'size', 'contentId', 'inline'] as const;

export interface UploadedFile {
  /** Where the bytes lie until the request is over. */
  path: string;
  bytes: number;
  name: string | null;
  mime: string | null;
  /** To stand in the text, as a picture. Kept as a plain attachment where it is no picture. */
  inline: boolean;
}

/** Files of an answer that are not there any more, or are somebody else's. */
export class UploadGone extends SpokenError {
  constructor() {
    super(say('answer.fileGone'));
    this.name = 'UploadGone';
  }
}

/** More than mail servers take. */
export class AnswerTooLarge extends SpokenError {
  constructor() {
    super(say('answer.filesTooLarge', { size: UPLOAD_LIMITS.totalBytes / 1_000_000 }));
    this.name = 'AnswerTooLarge';
  }
}

/** More than somebody has in their drafts. */
export class TooManyUploads extends SpokenError {
  constructor() {
    super(say('answer.tooManyUploads', { count: MOST_UNSENT.files, size: MOST_UNSENT.bytes / 1_000_000 }));
    this.name = 'TooManyUploads';
  }
}

/** Throws TooManyUploads when this administrator would have more unsent than they may. */
async function mustFit(strapi: Core.Strapi, user: number, { bytes, files }: { bytes: number; files: number }): Promise<void> {
  const unsent = await inTransaction(strapi, (trx) =>
    attachmentsIn(strapi, trx)
      .where({ uploaded_by: user, comment_id: null })
      .count({ files: '*' })
      .sum({ bytes: 'size' })
      .first<{ files: unknown; bytes: unknown }>(),
  );
  if (Number(unsent?.files ?? 0) + files > MOST_UNSENT.files || Number(unsent?.bytes ?? 0) + bytes > MOST_UNSENT.bytes)
    throw new TooManyUploads();
}

/** Keeps a file for an answer of this administrator. Throws TooManyUploads, and a StorageError when it cannot be written. */
export async function saveUpload(strapi: Core.Strapi, user: number, file: UploadedFile): Promise<object> {
  await mustFit(strapi, user, { bytes: file.bytes, files: 1 });
  const mime = mediaType(file.mime);
  const inline = file.inline && INLINE_TYPES.includes(mime);
  const { key, size, hash } = await copyToPrivate(strapi, file.path);
  const data = {
    name: composed(attachmentName(file.name ?? undefined, mime)),
    mime,
    size,
    hash,
    storage: 'private',
    key,
    inline,
    contentId: inline ? `${randomBytes(12).toString('hex')}@inline` : null,
    uploadedBy: user,
  };
  try {
    const row: Record<string, unknown> = await strapi.db.query(UID.attachment).create({ data });
    try {
      // Others may have come in the same moment: then neither of them fits.
      await mustFit(strapi, user, { bytes: 0, files: 0 });
    } catch (error) {
      await strapi.db.query(UID.attachment).deleteMany({ where: { id: row.id as number } });
      throw error;
    }
    return Object.fromEntries(ATTRIBUTES.map((name) => [name, row[name]]));
  } catch (error) {
    await deleteFiles(strapi, [key]);
    throw error;
  }
}

/** What a browser said, where it can stand in a header. A part of type message/* or multipart/* would have to be sent unencoded (RFC 2046 §5.2.1). */
export function mediaType(said: string | null): string {
  const type = (said ?? '').toLowerCase().split(';')[0].trim();
  return /^(?!message\/|multipart\/)[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/.test(type)
    ? type
    : 'application/octet-stream';
}

const attachmentsIn = (strapi: Core.Strapi, trx: Knex.Transaction) =>
  tableIn(strapi, trx, strapi.db.metadata.get(UID.attachment).tableName);

/** Takes an upload away that its author does not want to send. One that was sent stays; one that is gone is fine. */
export async function discardUpload(strapi: Core.Strapi, user: number, documentId: string): Promise<void> {
  const row = await strapi.db.query(UID.attachment).findOne({ select: ['id', 'key'], where: { documentId, uploadedBy: user } });
  if (row) await removeUnsent(strapi, row);
}

async function removeUnsent(strapi: Core.Strapi, { id, key }: { id: number; key: string }): Promise<void> {
  const removed = await inTransaction(strapi, (trx) => attachmentsIn(strapi, trx).where({ id, comment_id: null }).delete());
  if (removed === 1) await deleteAttachmentFiles(strapi, [key]);
}

export interface Upload {
  id: number;
  /** Bytes. */
  size: number;
  contentId: string | null;
}

/** The uploads of an answer, in the order given. Throws UploadGone when one of them is not this administrator's, or not there, and AnswerTooLarge. */
export async function findUploads(strapi: Core.Strapi, user: number, documentIds: string[]): Promise<Upload[]> {
  const wanted = [...new Set(documentIds)];
  if (wanted.length === 0) return [];
  const where = { documentId: { $in: wanted }, uploadedBy: user, comment: { id: { $null: true } } };
  const rows: (Upload & { documentId: string })[] = await strapi.db
    .query(UID.attachment)
    .findMany({ select: ['id', 'documentId', 'size', 'contentId'], where });
  if (rows.reduce((sum, { size }) => sum + size, 0) > UPLOAD_LIMITS.totalBytes) throw new AnswerTooLarge();
  const byId = new Map(rows.map((row) => [row.documentId, row]));
  return wanted.map((documentId) => {
    const row = byId.get(documentId);
    if (!row) throw new UploadGone();
    return row;
  });
}

/**
 * Gives uploads to a comment, in the transaction of the comment. A picture that the text does not show after all becomes a plain
 * attachment. Throws UploadGone when one was sent, discarded or swept up meanwhile.
 */
export async function attachUploads(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  uploads: Upload[],
  comment: { id: number; html: string | null },
): Promise<void> {
  for (const { id, contentId } of uploads) {
    const shown = contentId !== null && (comment.html ?? '').includes(`cid:${contentId}`);
    const claimed = await attachmentsIn(strapi, trx).where({ id, comment_id: null }).update({ comment_id: comment.id, inline: shown });
    if (claimed !== 1) throw new UploadGone();
  }
}

/** Makes the files of a comment uploads again, when the comment is taken back. */
export async function detachUploads(strapi: Core.Strapi, trx: Knex.Transaction, commentId: number): Promise<void> {
  await attachmentsIn(strapi, trx)
    .where({ comment_id: commentId })
    .whereNotNull('uploaded_by')
    .update({ comment_id: null, updated_at: new Date() });
}

/** Deletes uploads that nobody sent within a week, and those whose comment was deleted. */
export async function sweepUploads(strapi: Core.Strapi): Promise<void> {
  const before = new Date(Date.now() - KEEP_DAYS * 24 * 3_600_000);
  const where = { uploadedBy: { $notNull: true }, comment: { id: { $null: true } }, updatedAt: { $lt: before } };
  for (;;) {
    const rows: { id: number; key: string }[] = await strapi.db
      .query(UID.attachment)
      // As an index has the few that are nobody's file yet.
      .findMany({ select: ['id', 'key'], where, orderBy: { uploadedBy: 'asc' }, limit: SWEPT_AT_ONCE });
    for (const row of rows) await removeUnsent(strapi, row);
    if (rows.length < SWEPT_AT_ONCE) return;
  }
}
