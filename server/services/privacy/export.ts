import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { ZipFile } from 'yazl';
import { privateFilePath } from '../storage/files';
import { UID } from '../uids';
import {
  belongingsOf,
  commentsOfTicket,
  inPieces,
  isAddress,
  isBy,
  ledgerRowsOf,
  names,
  type CommentRow,
  type ContactRow,
  type TicketRow,
} from './belongings';

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
}

export interface ContactExport {
  data: object;
  files: FileToRead[];
}

/** What is to be exported, without the bytes of the files. */
export async function collectExport(strapi: Core.Strapi, contact: ContactRow, options: ExportOptions): Promise<ContactExport> {
  const { own, shared } = await belongingsOf(strapi, contact);
  const files: FileToRead[] = [];
  const record = await strapi.db
    .query(UID.contact)
    .findOne({ where: { id: contact.id }, populate: { account: { select: ['name', 'domain', 'email'] } } });
  const data = {
    exportedAt: new Date(),
    contact: withoutBookkeeping(record as Record<string, unknown>),
    tickets: await inTurn(own, (ticket) => ticketData(strapi, contact, ticket, files, options, () => true)),
    conversationsWithOthers: await inTurn(shared, (ticket) =>
      ticketData(strapi, contact, ticket, files, options, (comment) => isBy(contact, comment) || comment.user !== null),
    ),
    emailsReceived: await ledgerData(strapi, contact, own, files),
  };
  return { data, files };
}

/** The zip archive, made as it is read, one file after the other. In place of a file that is gone from the disk it has a text that says so. */
export async function exportArchive(strapi: Core.Strapi, { data, files }: ContactExport): Promise<Readable> {
  const archive = new ZipFile();
  const output = archive.outputStream as Readable;
  archive.on('error', (error) => output.destroy(error));
  archive.addBuffer(Buffer.from(JSON.stringify(data, null, 2)), 'contact.json');
  for (const { name, key } of files) {
    const path = await privateFilePath(strapi, key);
    if (path === null) archive.addBuffer(Buffer.from('This file is not in the private folder any more.'), `${name}.missing.txt`);
    else archive.addReadStreamLazy(name, (open) => open(null, createReadStream(path)));
  }
  archive.end();
  return output;
}

async function inTurn<T, R>(list: T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of list) results.push(await work(item));
  return results;
}

const BOOKKEEPING = ['id', 'documentId', 'publishedAt', 'locale', 'createdBy', 'updatedBy'];

const withoutBookkeeping = (record: Record<string, unknown>): object =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !BOOKKEEPING.includes(name)));

const COMMENT_ATTRIBUTES = ['createdAt', 'authorName', 'isPublic', 'text', 'html', 'recipients'];

async function ticketData(
  strapi: Core.Strapi,
  contact: ContactRow,
  ticket: TicketRow,
  files: FileToRead[],
  { internal }: ExportOptions,
  concerns: (comment: CommentRow) => boolean,
) {
  const row = await strapi.db.query(UID.ticket).findOne({
    select: ['ticketNumber', 'title', 'description', 'ticketStatus', 'priority', 'createdAt', 'lastActivityAt'],
    where: { id: ticket.id },
  });
  const isOpener = ticket.contact?.id === contact.id;
  const comments = (await commentsOfTicket(strapi, ticket.id, COMMENT_ATTRIBUTES)).filter(
    (comment) => concerns(comment) && (internal || comment.isPublic || isBy(contact, comment)),
  );
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
  const attachments: { name: string; mime: string; size: number; key: string }[] = await strapi.db
    .query(UID.attachment)
    .findMany({ select: ['name', 'mime', 'size', 'key'], where: { comment: { id: comment.id } }, orderBy: { id: 'asc' } });
  return {
    createdAt: comment.createdAt,
    author: comment.authorName,
    isPublic: comment.isPublic,
    text: comment.text,
    html: comment.html,
    // Whom others wrote to is theirs.
    ...(isTheirs ? { recipients: comment.recipients } : {}),
    attachments: attachments.map(({ name, mime, size, key }) => ({ name, mime, size, file: addFile(files, 'attachments', name, key) })),
  };
}

async function emailsTo(strapi: Core.Strapi, { email }: ContactRow, ticket: TicketRow) {
  const select = ['to', 'cc', 'subject', 'text', 'state', 'sentAt'];
  const rows: Record<string, any>[] = await strapi.db
    .query(UID.delivery)
    .findMany({ select, where: { ticket: { id: ticket.id } }, orderBy: { id: 'asc' } });
  return rows
    .filter(({ to, cc }) => names(to, email) || names(cc, email))
    .map(({ subject, text, state, sentAt }) => ({ subject, text, state, sentAt }));
}

async function ledgerData(strapi: Core.Strapi, contact: ContactRow, own: TicketRow[], files: FileToRead[]) {
  const select = ['messageId', 'fromAddress', 'fromName', 'subject', 'receivedAt', 'size', 'sourceKey'];
  const rows: Record<string, any>[] = [];
  for (const some of inPieces(
    await ledgerRowsOf(
      strapi,
      contact,
      own.map(({ id }) => id),
      [],
    ),
  )) {
    rows.push(
      ...(await strapi.db
        .query(UID.message)
        .findMany({ select, where: { id: { $in: some }, forgottenAt: { $null: true } }, orderBy: { id: 'asc' } })),
    );
  }
  return rows
    .filter(({ fromAddress }) => isAddress(contact.email, fromAddress))
    .map(({ sourceKey, size, ...row }) => ({
      ...withoutBookkeeping(row),
      size,
      ...(sourceKey ? { file: addFile(files, 'emails', 'email.eml', sourceKey) } : {}),
    }));
}

/** Numbered, so that no name takes another's place or leads out of its folder. */
function addFile(files: FileToRead[], folder: string, name: string, key: string): string {
  const path = `${folder}/${files.length + 1}-${name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(-100)}`;
  files.push({ name: path, key });
  return path;
}
