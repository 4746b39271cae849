import { blockedAmong } from '../helpdesk/block-list';
import { ratingsOf } from '../helpdesk/ratings';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { ZipFile } from 'yazl';
import { descriptionOf, textsOfComments } from '../helpdesk/long-texts';
import { inPieces } from '../lib/pieces';
import { piecesOf } from '../storage/chunks';
import { privateFilePath } from '../storage/files';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';
import {
  addressesOf,
  belongingsOf,
  commentsOfTicket,
  isTheirs,
  isBy,
  ledgerRowsOf,
  names,
  type CommentRow,
  type ContactRow,
  type TicketRow,
} from './belongings';
import { inEnglish, say } from '../../../shared/sentences/words';
import { FORWARD_TEMPLATE } from '../../../shared/vocabulary';

/**
 * All that the helpdesk holds of a contact, to be handed over (GDPR, articles 15 and 20): `contact.json` and the files. Of conversations
 * with others it holds what this contact and staff wrote, because what others wrote is theirs. Internal notes are left out unless they
 * are asked for: they may say things about third people, so somebody is to read them first.
 */

interface ExportOptions {
  internal: boolean;
}

interface FileToRead {
  name: string;
  key: string;
}

/**
 * The zip archive, made as it is read: the records a piece at a time, then one file after the other. In place of a file that is gone from the
 * disk it has a text that says so.
 */
export function exportArchive(strapi: Core.Strapi, contact: ContactRow, options: ExportOptions): Readable {
  const archive = new ZipFile();
  const output = archive.outputStream as Readable;
  archive.on('error', (error) => output.destroy(error));
  const files: FileToRead[] = [];
  const records = Readable.from(jsonOf(contactData(strapi, contact, files, options)));
  archive.addReadStream(records, 'contact.json');
  // Which files there are is known once the records were read.
  records.on('end', () => void addFiles(strapi, archive, files).catch((error) => output.destroy(error)));
  return output;
}

async function addFiles(strapi: Core.Strapi, archive: ZipFile, files: FileToRead[]): Promise<void> {
  for (const { name, key } of files) {
    const path = await privateFilePath(strapi, key);
    if (path === null) archive.addBuffer(Buffer.from(inEnglish(say('privacy.fileGone'))), `${name}.missing.txt`);
    else archive.addReadStreamLazy(name, (open) => open(null, createReadStream(path)));
  }
  archive.end();
}

/** What is to be exported; lists that may be long are read as they are written. Notes in `files` what goes along. */
async function* contactData(strapi: Core.Strapi, contact: ContactRow, files: FileToRead[], options: ExportOptions): Fields {
  const { own, shared } = await belongingsOf(strapi, contact);
  const record = await rowsOf(strapi, UID.contact).findOne({
    where: { id: contact.id },
    populate: { account: { select: ['name', 'domain', 'email'] } },
  });
  yield ['exportedAt', new Date()];
  const { notes, notesBy, notesAt, ...told } = record!;
  yield [
    'contact',
    { ...withoutBookkeeping(told), furtherAddresses: contact.furtherAddresses, ...(options.internal ? { notes, notesBy, notesAt } : {}) },
  ];
  const scope = { contact, files, internal: options.internal };
  yield ['tickets', each(own, (ticket) => ticketData(strapi, ticket, { ...scope, concerns: () => true }))];
  const isToldOfOthers = (comment: CommentRow) => isBy(contact, comment) || comment.user !== null;
  yield ['conversationsWithOthers', each(shared, (ticket) => ticketData(strapi, ticket, { ...scope, concerns: isToldOfOthers }))];
  yield ['blockedAddresses', await blockedAmong(strapi, addressesOf(contact))];
  yield ['emailsReceived', ledgerData(strapi, contact, own, files)];
}

// ---- JSON that is written as it is read

/** The fields of an object, in their order. */
type Fields = AsyncGenerator<[name: string, value: unknown]>;

/** A list whose items are made one after the other. */
class Listed {
  constructor(readonly items: AsyncIterable<unknown>) {}
}

const each = <T>(list: T[], item: (entry: T) => unknown): Listed =>
  new Listed(
    (async function* () {
      for (const entry of list) yield item(entry);
    })(),
  );

async function* jsonOf(value: unknown): AsyncGenerator<string> {
  if (value instanceof Listed) {
    yield '[';
    let gap = '\n';
    for await (const item of value.items) {
      yield gap;
      yield* jsonOf(item);
      gap = ',\n';
    }
    yield ']';
  } else if (isFields(value)) {
    yield '{';
    let gap = '\n';
    for await (const [name, field] of value) {
      yield `${gap}${JSON.stringify(name)}: `;
      yield* jsonOf(field);
      gap = ',\n';
    }
    yield '\n}';
  } else yield JSON.stringify(value ?? null, null, 2);
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

// ---- The records

const BOOKKEEPING = ['id', 'documentId', 'publishedAt', 'locale', 'createdBy', 'updatedBy'];

const withoutBookkeeping = (record: Record<string, unknown>): object =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !BOOKKEEPING.includes(name)));

const COMMENT_ATTRIBUTES = ['createdAt', 'writtenAt', 'authorName', 'isPublic', 'recipients'] as const;
type ReadComment = CommentRow & Pick<Row<'comment'>, (typeof COMMENT_ATTRIBUTES)[number]>;

interface ExportScope {
  contact: ContactRow;
  /** What goes along is noted here. */
  files: FileToRead[];
  /** Whether internal notes are told. */
  internal: boolean;
  /** Whether a comment of the ticket is about this contact. */
  concerns(comment: CommentRow): boolean;
}

async function* ticketData(strapi: Core.Strapi, ticket: TicketRow, scope: ExportScope): Fields {
  const { contact } = scope;
  const row = (await rowsOf(strapi, UID.ticket).findOne({
    select: ['ticketNumber', 'title', 'ticketStatus', 'priority', 'createdAt', 'lastActivityAt'],
    where: { id: ticket.id },
    populate: { helpdeskStatus: { select: ['name'] } },
  }))!;
  yield ['ticketNumber', row.ticketNumber];
  if (ticket.contact?.id === contact.id) {
    yield ['title', row.title];
    yield ['description', await descriptionOf(strapi, ticket.id)];
    yield ['forwardedTo', await forwardedTo(strapi, ticket.id)];
  }
  for (const name of ['ticketStatus', 'priority', 'createdAt', 'lastActivityAt'] as const) yield [name, row[name]];
  yield ['status', row.helpdeskStatus?.name ?? row.ticketStatus];
  yield ['ratings', await ratingsOf(strapi, ticket.id, contact.id)];
  yield ['comments', new Listed(commentsData(strapi, ticket, scope))];
  yield ['emailsSent', new Listed(emailsTo(strapi, contact, ticket))];
}

async function* commentsData(strapi: Core.Strapi, ticket: TicketRow, scope: ExportScope): AsyncGenerator<object> {
  const { contact, files, internal, concerns } = scope;
  const isTold = (comment: ReadComment) => concerns(comment) && (internal || comment.isPublic || isBy(contact, comment));
  for await (const comments of commentsOfTicket(strapi, ticket.id, COMMENT_ATTRIBUTES)) {
    const told = comments.filter(isTold);
    const texts = await textsOfComments(
      strapi,
      told.map(({ id }) => id),
    );
    for (const comment of told) yield await commentData(strapi, contact, { ...comment, ...texts.get(comment.id) }, files);
  }
}

async function commentData(
  strapi: Core.Strapi,
  contact: ContactRow,
  comment: ReadComment & { text?: string | null; html?: string | null },
  files: FileToRead[],
) {
  const isTheirs = isBy(contact, comment);
  const attachments: { name: string; mime: string; size: number; key: string }[] = await rowsOf(strapi, UID.attachment).findMany({
    select: ['name', 'mime', 'size', 'key'],
    where: { comment: { id: comment.id } },
    orderBy: { id: 'asc' },
  });
  return {
    createdAt: comment.createdAt,
    writtenAt: comment.writtenAt,
    author: comment.authorName,
    isPublic: comment.isPublic,
    text: comment.text,
    html: comment.html,
    // The recipients of others' messages are theirs.
    ...(isTheirs ? { recipients: comment.recipients } : {}),
    attachments: attachments.map(({ name, mime, size, key }) => ({ name, mime, size, file: addFile(files, 'attachments', name, key) })),
  };
}

async function* emailsTo(strapi: Core.Strapi, contact: ContactRow, ticket: TicketRow): AsyncGenerator<object> {
  const select = ['id', 'to', 'cc', 'bcc', 'subject', 'text', 'state', 'sentAt'] as const;
  for await (const rows of piecesOf(strapi, UID.delivery, { select, where: { ticket: { id: ticket.id } } }, EMAILS_A_PIECE))
    for (const { to, cc, bcc, subject, text, state, sentAt } of rows)
      if ([to, cc, bcc].some((people) => names(people, contact))) yield { subject, text, state, sentAt };
}

/** Who else has got what the contact wrote (article 15, 1c). */
async function forwardedTo(strapi: Core.Strapi, ticket: number): Promise<object[]> {
  const where = { ticket: { id: ticket }, template: FORWARD_TEMPLATE, state: 'sent' };
  const rows = await rowsOf(strapi, UID.delivery).findMany({ select: ['to', 'cc', 'sentAt'], where, orderBy: { id: 'asc' } });
  return rows.map(({ to, cc, sentAt }) => ({ people: [...(to ?? []), ...(cc ?? [])].map(({ address }) => address), sentAt }));
}

/** An email repeats what was written before it. */
const EMAILS_A_PIECE = 20;

function ledgerData(strapi: Core.Strapi, contact: ContactRow, own: TicketRow[], files: FileToRead[]): Listed {
  const select = ['messageId', 'fromAddress', 'fromName', 'subject', 'receivedAt', 'size', 'sourceKey'] as const;
  const tickets = own.map(({ id }) => id);
  return new Listed(
    (async function* () {
      for (const some of inPieces(await ledgerRowsOf(strapi, contact, tickets, []))) {
        const where = { id: { $in: some }, forgottenAt: { $null: true } };
        const rows = await rowsOf(strapi, UID.message).findMany({ select, where, orderBy: { id: 'asc' } });
        for (const { sourceKey, size, ...row } of rows)
          if (isTheirs(contact, row.fromAddress))
            yield {
              ...withoutBookkeeping(row),
              size,
              ...(sourceKey ? { file: addFile(files, 'emails', 'email.eml', sourceKey) } : {}),
            };
      }
    })(),
  );
}

/** Numbered, so that no name takes another's place or leads out of its folder. */
function addFile(files: FileToRead[], folder: string, name: string, key: string): string {
  const path = `${folder}/${files.length + 1}-${name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(-100)}`;
  files.push({ name: path, key });
  return path;
}
