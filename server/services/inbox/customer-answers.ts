import type { Core } from '@strapi/strapi';
import { fullName } from '../../../shared/names';
import { STATUS, waitsForOthers } from '../../../shared/vocabulary';
import { actAs } from '../helpdesk/actor';
import { attachmentName } from '../message/mime/attachment-name';
import { withoutClosingEmails } from '../outgoing/announce';
import { askLater } from '../outgoing/satisfaction';
import type { LinkedTicket } from '../outgoing/ticket-link';
import { pointsAt } from '../platform/links';
import { holdDocument, updateDocument } from '../storage/documents';
import { copyToPrivate, deleteFiles, type CopiedFile } from '../storage/files';
import { inTransaction, tableIn, TABLES } from '../storage/tables';
import { UID } from '../uids';
import { mediaType, type UploadedFile } from './uploads';

/** What customers do on the page that a link of an email opens. It is theirs as if it had come by mail: no email tells them of it. */

const HOUR_MS = 3_600_000;
/** As of emails that one sender writes to one ticket (action/mail-loop.ts). */
const MOST_AN_HOUR = 20;

const byCustomer = <T>(work: () => Promise<T>): Promise<T> => actAs({ kind: 'customer', name: '' }, work);

interface PageAnswer {
  text: string;
  files: UploadedFile[];
  /** The same when the page sends the same again, because no answer of ours came. */
  key?: string;
}

/**
 * Adds a comment of the customer with its files, and opens a ticket again that waited for them. Nothing is written when they have written too much
 * within an hour (`often`), or when the ticket is not theirs any more (`gone`), and nothing a second time when it came already (`kept`).
 */
export async function answerAsCustomer(
  strapi: Core.Strapi,
  ticket: LinkedTicket,
  { text, files, key }: PageAnswer,
): Promise<'kept' | 'often' | 'gone'> {
  const copies: (CopiedFile & UploadedFile)[] = [];
  let outcome: 'kept' | 'came' | 'often' | 'gone' = 'gone';
  try {
    for (const file of files) copies.push({ ...file, ...(await copyToPrivate(strapi, file.path)) });
    outcome = await byCustomer(() => inTransaction(strapi, () => keep(strapi, ticket, { text, key, files: copies })));
    return outcome === 'came' ? 'kept' : outcome;
  } finally {
    if (outcome !== 'kept')
      await deleteFiles(
        strapi,
        copies.map(({ key }) => key),
      );
  }
}

async function keep(
  strapi: Core.Strapi,
  ticket: LinkedTicket,
  { text, files, key: answerKey }: PageAnswer & { files: (CopiedFile & UploadedFile)[] },
) {
  const status = await heldStatus(strapi, ticket);
  if (status === null) return 'gone';
  // The ticket is held: of two that come at the same moment, one waits here.
  if (answerKey && (await came(strapi, ticket.id, answerKey))) return 'came';
  if (await wroteTooMuch(strapi, ticket)) return 'often';
  const { id, documentId, contact } = ticket;
  const data = {
    ticket: id,
    contact: contact.id,
    text,
    isPublic: true,
    source: 'page',
    authorName: fullName(contact.firstName, contact.lastName) || contact.email,
    authorAddress: contact.email,
    // Only who has the email has its link.
    verified: true,
    recipients: { to: [], cc: [] },
  };
  const comment = await strapi.documents(UID.comment).create({ data });
  for (const { key, size, hash, name, mime } of files) {
    const type = mediaType(mime);
    const file = { name: attachmentName(name ?? undefined, type), mime: type, size, hash, key, storage: 'private', inline: false };
    await strapi.db.query(UID.attachment).create({ data: { ...file, comment: comment.id } });
  }
  const reopens = waitsForOthers(status) ? { ticketStatus: STATUS.open } : {};
  await updateDocument(strapi, UID.ticket, documentId, { lastActivityAt: new Date(), ...reopens });
  return 'kept';
}

/** Whether this came already; from now on it has, where the transaction is committed. */
async function came(strapi: Core.Strapi, ticket: number, key: string): Promise<boolean> {
  return inTransaction(strapi, async (trx) => {
    const row = { ticket_id: ticket, answer_key: key };
    const table = () => tableIn(strapi, trx, TABLES.pageAnswers);
    if (await table().where(row).first('at')) return true;
    await table().insert({ ...row, at: Date.now() });
    return false;
  });
}

/** Closes the ticket for its customer, who needs no email about it. False when it is not theirs any more. */
export const closeAsCustomer = (strapi: Core.Strapi, ticket: LinkedTicket): Promise<boolean> =>
  byCustomer(() =>
    inTransaction(strapi, async () => {
      const status = await heldStatus(strapi, ticket);
      if (status === null || status === STATUS.closed) return status !== null;
      await withoutClosingEmails(() => updateDocument(strapi, UID.ticket, ticket.documentId, { ticketStatus: STATUS.closed }));
      await askLater(strapi, ticket.id);
      return true;
    }),
  );

/** The status of the ticket, which nobody else changes until the transaction ends; null when it was deleted, merged or given to somebody else. */
async function heldStatus(strapi: Core.Strapi, { id, documentId, contact }: LinkedTicket): Promise<string | null> {
  await holdDocument(strapi, UID.ticket, documentId);
  const where = { id, contact: { id: contact.id }, mergedInto: { id: { $null: true } } };
  return (await strapi.db.query(UID.ticket).findOne({ select: ['ticketStatus'], where }))?.ticketStatus ?? null;
}

async function wroteTooMuch(strapi: Core.Strapi, { id, contact }: LinkedTicket): Promise<boolean> {
  const lately = { source: 'page', contact: { id: contact.id }, createdAt: { $gt: new Date(Date.now() - HOUR_MS) } };
  const where = { $and: [pointsAt(strapi, UID.comment, 'ticket', id), lately] };
  return (await strapi.db.query(UID.comment).count({ where })) >= MOST_AN_HOUR;
}
