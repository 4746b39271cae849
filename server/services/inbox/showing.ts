import type { Core } from '@strapi/strapi';
import { say } from '../../../shared/sentences/words';
import { noteActivities } from '../helpdesk/activity';
import { SpokenError } from '../lib/spoken-error';
import { pointsAt } from '../platform/links';
import { privateFilePath } from '../storage/files';
import { UID } from '../uids';
import { AnswerTooLarge, saveUpload, UPLOAD_LIMITS, UploadGone } from './uploads';

/**
 * Showing the customer what people outside answered to a forward: its words and files become an answer of the agent, who may change all of it
 * first. The message itself stays internal, and the log says whose words the customer got.
 */

/** What was to be shown is no answer of people outside. */
export class NotShowable extends SpokenError {
  constructor() {
    super(say('forward.notFromOutside'));
    this.name = 'NotShowable';
  }
}

/** What an answer shows: the documentId of the message, and who wrote it. */
export interface Shown {
  comment: string;
  author: string;
}

/** This answer of people outside to a forward of that ticket. Throws NotShowable for any other message. */
export async function findShowable(strapi: Core.Strapi, ticket: number, documentId: string): Promise<Shown> {
  const fromOutside = { documentId, forwardToken: { $notNull: true }, user: { id: { $null: true } }, isPublic: false };
  const row = await strapi.db.query(UID.comment).findOne({
    select: ['id', 'authorName', 'authorAddress', 'isOutgoing'],
    where: { $and: [fromOutside, pointsAt(strapi, UID.comment, 'ticket', ticket)] },
  });
  if (!row || row.isOutgoing) throw new NotShowable();
  return { comment: documentId, author: row.authorAddress ?? row.authorName ?? '' };
}

/** Logs that an answer has shown it, or that this answer was taken back. Part of the calling code's transaction. */
export async function noteShown(strapi: Core.Strapi, ticket: number, shown: Shown | undefined, isTakenBack = false): Promise<void> {
  if (!shown) return;
  await noteActivities(strapi, [{ ticket, kind: 'shown', detail: { author: shown.author, ...(isTakenBack ? { isTakenBack } : {}) } }]);
}

/**
 * Copies of these files of a message, as uploads of that administrator's for an answer, in the order given. Throws UploadGone when the message
 * lacks one of them, AnswerTooLarge, TooManyUploads, and a StorageError when one cannot be written.
 */
export async function uploadsOfMessage(strapi: Core.Strapi, user: number, comment: number, files: readonly string[]): Promise<object[]> {
  const rows: { documentId: string; key: string; name: string; mime: string; size: number }[] = await strapi.db
    .query(UID.attachment)
    .findMany({ select: ['documentId', 'key', 'name', 'mime', 'size'], where: { documentId: { $in: files }, comment: { id: comment } } });
  const chosen = [...new Set(files)].map((file) => rows.find((row) => row.documentId === file));
  if (chosen.some((file) => !file)) throw new UploadGone();
  if (rows.reduce((sum, { size }) => sum + size, 0) > UPLOAD_LIMITS.totalBytes) throw new AnswerTooLarge();
  const uploads: object[] = [];
  for (const { key, name, mime, size } of chosen as typeof rows) {
    const path = await privateFilePath(strapi, key);
    if (path === null) throw new UploadGone();
    uploads.push(await saveUpload(strapi, user, { path, bytes: size, name, mime, inline: false }));
  }
  return uploads;
}
