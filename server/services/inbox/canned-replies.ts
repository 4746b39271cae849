import { randomUUID } from 'node:crypto';
import type { CannedReply, CannedReplyInput, FilledReply, ReplyFile } from '../../../shared/api/answering';
import type { Core } from '@strapi/strapi';
import { sanitizeHtml } from '../message/html/sanitize';
import { readTicket } from '../outgoing/ticket-reading';
import { tagAttributes } from '../outgoing/email-templates';
import { cannedReplyTags, cannedReplyValues, type Agent, type TagSource, type TemplateTag } from '../outgoing/tags';
import { renderTemplate, tagsOf } from '../outgoing/template';
import { speechOf } from '../settings/settings';
import { changeDocument } from '../storage/documents';
import { copyToPrivate, deleteFiles, privateFilePath } from '../storage/files';
import { rowsOf, type Row } from '../storage/rows';
import type { KeptFile } from '../../content-types/canned-reply/schema';
import { UID } from '../uids';
import { AnswerTooLarge, discardUpload, findUploads, saveUpload, UPLOAD_LIMITS, UploadGone } from './uploads';

/** Texts for answers that come again and again: those that everybody has, and those of one's own. */

/** Whoever asks, by the id of the administrator: another's own replies are not there for them. Null for nobody: what everybody has. */
const whereSeen = (user: number | null) => ({ $or: [{ owner: { $null: true } }, ...(user === null ? [] : [{ owner: user }])] });

const SELECT = ['documentId', 'name', 'body', 'folder', 'owner', 'files'] as const;
type ReplyRow = Pick<Row<'cannedReply'>, (typeof SELECT)[number]>;

const told = ({ id, name, mime, size }: KeptFile): ReplyFile => ({ id, name, mime, size });

const present = ({ documentId, name, body, folder, owner, files }: ReplyRow): CannedReply => ({
  documentId,
  name,
  body,
  folder,
  personal: owner !== null,
  files: (files ?? []).map(told),
});

/** Those that this administrator has: those without a folder, then folder by folder, each by name. */
async function rowsFor(strapi: Core.Strapi, user: number | null): Promise<ReplyRow[]> {
  const rows: ReplyRow[] = await rowsOf(strapi, UID.cannedReply).findMany({
    select: SELECT,
    where: whereSeen(user),
    orderBy: [{ folder: 'asc' }, { name: 'asc' }, { id: 'asc' }],
  });
  // Where null stands in an order is not the same on each database.
  return [...rows.filter(({ folder }) => folder === null), ...rows.filter(({ folder }) => folder !== null)];
}

export const cannedReplies = async (strapi: Core.Strapi, user: number | null): Promise<CannedReply[]> =>
  (await rowsFor(strapi, user)).map(present);

const rowFor = (strapi: Core.Strapi, user: number, documentId: string): Promise<ReplyRow | null> =>
  rowsOf(strapi, UID.cannedReply).findOne({ select: SELECT, where: { documentId, ...whereSeen(user) } });

/** The one of that documentId, or null when this administrator has none such. */
export async function cannedReply(strapi: Core.Strapi, user: number, documentId: string): Promise<CannedReply | null> {
  const row = await rowFor(strapi, user, documentId);
  return row && present(row);
}

/**
 * Adds one, or changes the one of that documentId; what is left out stays as it was. `files` are ids of those that it has and documentIds of
 * uploads. Returns null when that reply is not there for this administrator. Throws UploadGone and AnswerTooLarge.
 */
export async function saveCannedReply(
  strapi: Core.Strapi,
  user: number,
  { name, body, folder, personal, files }: CannedReplyInput,
  documentId?: string,
): Promise<CannedReply | null> {
  const before = documentId === undefined ? null : await rowFor(strapi, user, documentId);
  if (documentId !== undefined && before === null) return null;
  const kept = before?.files ?? [];
  const added = files && (await copyUploads(strapi, user, kept, files));
  const dataOf = (row: Pick<ReplyRow, 'folder' | 'owner' | 'files'>) => ({
    name,
    body: sanitizeHtml(body),
    folder: folder === undefined ? row.folder : folder || null,
    owner: personal === undefined ? row.owner : personal ? user : null,
    files: added ?? row.files,
  });
  try {
    const row: ReplyRow | null = documentId
      ? await changeDocument(strapi, UID.cannedReply, documentId, dataOf)
      : await rowsOf(strapi, UID.cannedReply).create({ data: dataOf({ folder: null, owner: null, files: null }) });
    if (row === null) throw new UploadGone();
    if (added) await forget(strapi, user, kept, added, files);
    return present(row);
  } catch (error) {
    const old = new Set(kept.map(({ key }) => key));
    await deleteFiles(
      strapi,
      (added ?? []).map(({ key }) => key).filter((key) => !old.has(key)),
    );
    throw error;
  }
}

/** The files that are to stay, and copies of the uploads: an upload is swept up, and a reply is there for years. */
async function copyUploads(strapi: Core.Strapi, user: number, kept: KeptFile[], wanted: string[]): Promise<KeptFile[]> {
  const byId = new Map(kept.map((file) => [file.id, file]));
  const uploads = await findUploads(
    strapi,
    user,
    wanted.filter((id) => !byId.has(id)),
  );
  const rows: { id: number; documentId: string; name: string; mime: string; key: string; size: number }[] = await strapi.db
    .query(UID.attachment)
    .findMany({ select: ['id', 'documentId', 'name', 'mime', 'key', 'size'], where: { id: { $in: uploads.map(({ id }) => id) } } });
  const files = [...new Set(wanted)].map((id) => byId.get(id) ?? rows.find(({ documentId }) => documentId === id)!);
  if (files.reduce((sum, { size }) => sum + size, 0) > UPLOAD_LIMITS.totalBytes) throw new AnswerTooLarge();
  const copied: KeptFile[] = [];
  for (const file of files) {
    const isKept = !('documentId' in file);
    const path = isKept ? null : await privateFilePath(strapi, file.key);
    if (!isKept && path === null) throw new UploadGone();
    const { name, mime, size } = file;
    copied.push(isKept ? (file as KeptFile) : { id: randomUUID(), name, mime, size, key: (await copyToPrivate(strapi, path!)).key });
  }
  return copied;
}

/** Deletes the files that were taken away, and the uploads that were copied. */
async function forget(strapi: Core.Strapi, user: number, before: KeptFile[], now: KeptFile[], wanted: string[] = []): Promise<void> {
  const keys = new Set(now.map(({ key }) => key));
  await deleteFiles(
    strapi,
    before.map(({ key }) => key).filter((key) => !keys.has(key)),
  );
  for (const id of wanted) if (!before.some((file) => file.id === id)) await discardUpload(strapi, user, id);
}

export async function deleteCannedReply(strapi: Core.Strapi, user: number, documentId: string): Promise<void> {
  const row = await rowFor(strapi, user, documentId);
  if (row === null) return;
  await strapi.db.query(UID.cannedReply).deleteMany({ where: { documentId } });
  await deleteFiles(
    strapi,
    (row.files ?? []).map(({ key }) => key),
  );
}

/** The files of a reply as uploads of this administrator, for an answer. Null when the reply is not there for them; throws UploadGone and TooManyUploads. */
export async function uploadsOfReply(strapi: Core.Strapi, user: number, documentId: string): Promise<object[] | null> {
  const row = await rowFor(strapi, user, documentId);
  if (row === null) return null;
  const uploads: object[] = [];
  for (const { key, name, mime, size } of row.files ?? []) {
    const path = await privateFilePath(strapi, key);
    if (path === null) throw new UploadGone();
    uploads.push(await saveUpload(strapi, user, { path, bytes: size, name, mime, inline: false }));
  }
  return uploads;
}

/** The tags that a canned reply may hold on this site. */
export const tagsOfCannedReplies = (strapi: Core.Strapi): TemplateTag[] => cannedReplyTags(tagAttributes(strapi));

/** All canned replies as they are stored, for somebody who may not read what their tags tell. */
export async function unfilledReplies(strapi: Core.Strapi, user: number): Promise<FilledReply[]> {
  return (await rowsFor(strapi, user)).map((row) => filled(row, { text: row.body, unknownTags: tagsOf(row.body).map(({ tag }) => tag) }));
}

/** All canned replies as this administrator would send them on this ticket. */
export async function filledReplies(strapi: Core.Strapi, ticketId: number, agent: Agent & { id: number }): Promise<FilledReply[]> {
  const ticket = await readTicket(strapi, ticketId);
  return repliesFilledWith(strapi, { ticket, contact: ticket.contact, account: ticket.account }, agent);
}

/** The same with what is known of a ticket that is not there yet. */
export async function repliesFilledWith(
  strapi: Core.Strapi,
  source: Omit<TagSource, 'comments'>,
  agent: Agent & { id: number },
): Promise<FilledReply[]> {
  const replies = await rowsFor(strapi, agent.id);
  const speech = await speechOf(strapi);
  const values = cannedReplyValues(source, agent);
  return replies.map((row) => filled(row, renderTemplate(row.body, values, { html: true, speech })));
}

const filled = (row: ReplyRow, { text, unknownTags }: { text: string; unknownTags: string[] }): FilledReply => {
  const { documentId, name, folder, personal, files } = present(row);
  return { documentId, name, folder, personal, html: text, unknownTags, files };
};
