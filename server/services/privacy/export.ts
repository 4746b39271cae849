import type { Core } from '@strapi/strapi';
import { readPrivateFile } from '../storage/files';
import { ZIP_LIMITS, type ZipEntry } from '../storage/zip';
import { UID } from '../uids';
import { belongingsOf, commentsOfTicket, inPieces, isAddress, isBy, ledgerRowsOf, names, type CommentRow, type ContactRow, type TicketRow } from './belongings';

/**
 * All that the helpdesk holds of a contact, to be handed over (GDPR, articles 15 and 20): `contact.json` and the files. Of conversations
 * with others it holds what this contact and staff wrote, because what others wrote is theirs. Internal notes are left out unless they
 * are asked for: they may say things about third people, so somebody is to read them first.
 */

export interface ExportOptions {
  internal: boolean;
}

interface FileToRead {
  name: string;
  key: string;
  /** Bytes, as far as they are known. */
  size: number;
}

export interface ContactExport {
  data: object;
  files: FileToRead[];
}

/** More than one archive can hold. */
export class ExportTooLarge extends Error {
  constructor() {
    super('All files of this contact are more than one archive can hold. Hand their tickets over one by one.');
    this.name = 'ExportTooLarge';
  }
}

/** What is to be exported, without the bytes of the files. Throws ExportTooLarge. */
export async function collectExport(strapi: Core.Strapi, contact: ContactRow, options: ExportOptions): Promise<ContactExport> {
  const { own, shared } = await belongingsOf(strapi, contact);
  const files: FileToRead[] = [];
  const record = await strapi.db.query(UID.contact).findOne({ where: { id: contact.id }, populate: { account: { select: ['name', 'domain', 'email'] } } });
  const data = {
    exportedAt: new Date(),
    contact: withoutBookkeeping(record as Record<string, unknown>),
    tickets: await inTurn(own, (ticket) => ticketData(strapi, contact, ticket, files, options, () => true)),
    conversationsWithOthers: await inTurn(shared, (ticket) => ticketData(strapi, contact, ticket, files, options, (comment) => isBy(contact, comment) || comment.user !== null)),
    emailsReceived: await ledgerData(strapi, contact, own, files),
  };
  if (files.length >= ZIP_LIMITS.files || files.reduce((sum, { size }) => sum + size, 0) > ZIP_LIMITS.bytes * 0.9) throw new ExportTooLarge();
  return { data, files };
}

/** The entries of the archive, one file in memory at a time. A file that is gone from the disk is named in a text instead. */
export async function* exportEntries(strapi: Core.Strapi, { data, files }: ContactExport): AsyncGenerator<ZipEntry> {
  yield { name: 'contact.json', content: Buffer.from(JSON.stringify(data, null, 2)) };
  for (const { name, key } of files) {
    const content = await readPrivateFile(strapi, key).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : Promise.reject(error)));
    yield content ? { name, content } : { name: `${name}.missing.txt`, content: Buffer.from('This file is not in the private folder any more.') };
  }
}

async function inTurn<T, R>(list: T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of list) results.push(await work(item));
  return results;
}

const BOOKKEEPING = ['id', 'documentId', 'publishedAt', 'locale', 'createdBy', 'updatedBy'];

const withoutBookkeeping = (record: Record<string, unknown>): object => Object.fromEntries(Object.entries(record).filter(([name]) => !BOOKKEEPING.includes(name)));

const COMMENT_ATTRIBUTES = ['createdAt', 'authorName', 'isPublic', 'text', 'html', 'recipients'];

async function ticketData(strapi: Core.Strapi, contact: ContactRow, ticket: TicketRow, files: FileToRead[], { internal }: ExportOptions, concerns: (comment: CommentRow) => boolean) {
  const row = await strapi.db.query(UID.ticket).findOne({ select: ['ticketNumber', 'title', 'description', 'ticketStatus', 'priority', 'createdAt', 'lastActivityAt'], where: { id: ticket.id } });
  const isOpener = ticket.contact?.id === contact.id;
  const comments = (await commentsOfTicket(strapi, ticket.id, COMMENT_ATTRIBUTES)).filter((comment) => concerns(comment) && (internal || comment.isPublic || isBy(contact, comment)));
  return {
    ticketNumber: row.ticketNumber,
    ...(isOpener ? { title: row.title, description: row.description } : {}),
    ticketStatus: row.ticketStatus,
    priority: row.priority,
    createdAt: row.createdAt,
    lastActivityAt: row.lastActivityAt,
    comments: await inTurn(comments, (comment) => commentData(strapi, contact, comment, files)),
    emailsSent: await emailsTo(strapi, contact, ticket),
  };
}

async function commentData(strapi: Core.Strapi, contact: ContactRow, comment: CommentRow & Record<string, any>, files: FileToRead[]) {
  const isTheirs = isBy(contact, comment);
  const attachments: { name: string; mime: string; size: number; key: string }[] = await strapi.db.query(UID.attachment).findMany({ select: ['name', 'mime', 'size', 'key'], where: { comment: { id: comment.id } }, orderBy: { id: 'asc' } });
  return {
    createdAt: comment.createdAt,
    author: comment.authorName,
    isPublic: comment.isPublic,
    text: comment.text,
    html: comment.html,
    // Whom others wrote to is theirs.
    ...(isTheirs ? { recipients: comment.recipients } : {}),
    attachments: attachments.map(({ name, mime, size, key }) => ({ name, mime, size, file: addFile(files, 'attachments', name, key, size) })),
  };
}

async function emailsTo(strapi: Core.Strapi, { email }: ContactRow, ticket: TicketRow) {
  const select = ['to', 'cc', 'subject', 'text', 'state', 'sentAt'];
  const rows: Record<string, any>[] = await strapi.db.query(UID.delivery).findMany({ select, where: { ticket: { id: ticket.id } }, orderBy: { id: 'asc' } });
  return rows.filter(({ to, cc }) => names(to, email) || names(cc, email)).map(({ subject, text, state, sentAt }) => ({ subject, text, state, sentAt }));
}

async function ledgerData(strapi: Core.Strapi, contact: ContactRow, own: TicketRow[], files: FileToRead[]) {
  const select = ['messageId', 'fromAddress', 'fromName', 'subject', 'receivedAt', 'size', 'sourceKey'];
  const rows: Record<string, any>[] = [];
  for (const some of inPieces(await ledgerRowsOf(strapi, contact, own.map(({ id }) => id), []))) {
    rows.push(...(await strapi.db.query(UID.message).findMany({ select, where: { id: { $in: some }, forgottenAt: { $null: true } }, orderBy: { id: 'asc' } })));
  }
  return rows
    .filter(({ fromAddress }) => isAddress(contact.email, fromAddress))
    .map(({ sourceKey, size, ...row }) => ({ ...withoutBookkeeping(row), size, ...(sourceKey ? { file: addFile(files, 'emails', 'email.eml', sourceKey, size ?? 0) } : {}) }));
}

/** Numbered, so that no name takes another's place or leads out of its folder. */
function addFile(files: FileToRead[], folder: string, name: string, key: string, size: number): string {
  const path = `${folder}/${files.length + 1}-${name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(-100)}`;
  files.push({ name: path, key, size });
  return path;
}
