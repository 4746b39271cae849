import type { Core } from '@strapi/strapi';
import { inPieces } from '../lib/pieces';
import type { ParsedMessage } from '../message/types';
import { UID } from '../uids';
import type { Comment, Ticket } from './desk-records';
import type { DeskTickets } from './desk-tickets';
import { textsOfComments } from './long-texts';
import { fileKey, isSameEmail, type HeldEmail } from './same-email';

/** A comment that holds an email which has come once more. */
export interface Copy {
  ticket: Ticket;
  comment: Comment;
  /** By which scanners it came so far, and in which folders they found it. */
  cameBy: { scanner: number; folder: string }[];
}

/** A comment that this batch adds, with its attributes. */
export interface Drafted {
  comment: Comment;
  data: Record<string, unknown>;
}

export interface CopyPlace {
  /** Where the message belongs: an email without a Message-ID is looked for there alone. */
  ticket: Ticket | null;
  /** The id of the scanner that has the message at hand, and where. */
  scanner: number;
  folder: string;
}

interface KnownCopy {
  tickets: DeskTickets;
  inBatch: readonly Drafted[];
  /** Which Message-IDs comments hold already: see `heldIds`. */
  held: HeldIds;
}

/** Which of the Message-IDs of a batch some comment holds, looked up for all of them at once. */
interface HeldIds {
  /** False: no comment holds an email of that Message-ID. True: one may. */
  mayHold(messageId: string): Promise<boolean>;
}

/** A program may repeat its Message-IDs for ever. Where this many comments hold those of a batch, each is asked about by itself. */
const MOST_HELD = 1_000;

/**
 * Asks when it is needed first, and believes the answer only as long as the batch holds the same tickets: another scanner may have written
 * into a ticket before this batch has come to hold it.
 */
export function heldIds(strapi: Core.Strapi, messageIds: Iterable<string>, tickets: DeskTickets): HeldIds {
  const ids = [...new Set(messageIds)];
  let known: { held: Promise<Set<string> | null>; tickets: number } | null = null;
  return {
    async mayHold(messageId) {
      known ??= { held: heldAmong(strapi, ids), tickets: tickets.count() };
      const held = await known.held;
      return held === null || known.tickets !== tickets.count() || held.has(messageId);
    },
  };
}

async function heldAmong(strapi: Core.Strapi, ids: string[]): Promise<Set<string> | null> {
  const held = new Set<string>();
  for (const some of inPieces(ids)) {
    const where = { messageId: { $in: some }, source: 'email' };
    const rows = await strapi.db.query(UID.comment).findMany({ select: ['messageId'], where, limit: MOST_HELD });
    if (rows.length === MOST_HELD) return null;
    for (const { messageId } of rows) held.add(messageId);
  }
  return held;
}

/**
 * The comments that hold this very email. Asked when the tickets are held, so what another scanner has written into them meanwhile is
 * seen.
 */
export async function copiesOf(
  strapi: Core.Strapi,
  message: ParsedMessage,
  { ticket, scanner, folder }: CopyPlace,
  { tickets, inBatch, held }: KnownCopy,
): Promise<Copy[]> {
  const copies: Copy[] = inBatch.flatMap(({ comment, data }) => {
    const isIt = message.messageId !== null && data.messageId === message.messageId && isSameEmail(heldIn(comment, data), message, false);
    return isIt ? [{ ticket: comment.ticket, comment, cameBy: [{ scanner, folder }] }] : [];
  });
  if (message.messageId !== null && !(await held.mayHold(message.messageId))) return copies;
  const drafted = new Set(inBatch.map(({ comment }) => comment.record.documentId));
  for (const row of await candidates(strapi, message, ticket)) {
    if (!row.ticket || drafted.has(row.documentId)) continue;
    const cameBy = await waysOf(strapi, row.id);
    const viaAnother = !cameBy.some((way) => way.scanner === scanner);
    // Without a Message-ID, the same words once more may as well be written once more.
    if (message.messageId === null && !viaAnother) continue;
    if (!isSameEmail({ ...row, files: await filesOf(strapi, row.id) }, message, viaAnother)) continue;
    const holder = await tickets.ofId(row.ticket.id);
    if (!holder) continue;
    const comment: Comment = { record: { id: row.id, documentId: row.documentId, data: { ...row } }, ticket: holder, attachments: [] };
    copies.push({ ticket: holder, comment, cameBy });
  }
  return copies;
}

interface CopyRow {
  id: number;
  documentId: string;
  authorAddress: string | null;
  text: string | null;
  visibleText: string | null;
  writtenAt: Date | string | null;
  matchedBy: string | null;
  ticket: { id: number } | null;
}

/** A program may repeat its Message-IDs for ever; another mailbox's copy is among the newest. */
const MOST_CANDIDATES = 20;

/** In so short a time an email reaches all of our mailboxes. */
const MEANWHILE_MS = 60 * 60_000;

async function candidates(strapi: Core.Strapi, { messageId, from }: ParsedMessage, ticket: Ticket | null): Promise<CopyRow[]> {
  const isUnnamed = messageId === null;
  if (isUnnamed && ticket?.record.id === undefined) return [];
  const where = isUnnamed
    ? {
        ticket: { id: ticket!.record.id },
        messageId: { $null: true },
        authorAddress: from?.address ?? '',
        createdAt: { $gt: new Date(Date.now() - MEANWHILE_MS) },
      }
    : { messageId };
  const newest: Omit<CopyRow, 'text' | 'visibleText'>[] = await strapi.db.query(UID.comment).findMany({
    select: ['id', 'documentId', 'authorAddress', 'matchedBy', 'writtenAt'],
    where: { ...where, source: 'email' },
    populate: { ticket: { select: ['id'] } },
    orderBy: { id: 'desc' },
    limit: MOST_CANDIDATES,
  });
  const texts = await textsOfComments(
    strapi,
    newest.map(({ id }) => id),
  );
  return newest.reverse().map((row) => ({ ...row, ...texts.get(row.id)! }));
}

async function waysOf(strapi: Core.Strapi, comment: number): Promise<Copy['cameBy']> {
  const rows: { folder: string; scanner: { id: number } | null }[] = await strapi.db.query(UID.message).findMany({
    select: ['id', 'folder'],
    where: { comment: { id: comment } },
    populate: { scanner: { select: ['id'] } },
  });
  return rows.flatMap(({ folder, scanner }) => (scanner ? [{ scanner: scanner.id, folder }] : []));
}

async function filesOf(strapi: Core.Strapi, comment: number): Promise<string[]> {
  const rows = await strapi.db.query(UID.attachment).findMany({ select: ['hash', 'name'], where: { comment: { id: comment } } });
  return rows.map(fileKey);
}

const heldIn = ({ attachments }: Comment, { authorAddress, text, visibleText, writtenAt }: Record<string, unknown>): HeldEmail => ({
  authorAddress: String(authorAddress ?? ''),
  text: String(text ?? ''),
  visibleText: String(visibleText ?? ''),
  writtenAt: (writtenAt as Date | undefined) ?? null,
  files: attachments.map(fileKey),
});
