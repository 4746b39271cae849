import type { Core, UID as StrapiUID } from '@strapi/strapi';
import { inPieces } from '../lib/pieces';
import { afterContactMerges, furtherAddresses } from '../helpdesk/contact-addresses';
import { idRanges, piecesOf } from '../storage/chunks';
import { findDocument } from '../storage/documents';
import { pointsAt } from '../platform/links';
import { rowsOf, type ColumnOf } from '../storage/rows';
import { UID } from '../uids';

/** What the helpdesk holds of a contact: found by the contact's record and, where there is no relation, by the address. */

export interface ContactRow {
  id: number;
  documentId: string;
  email: string;
  /** In small letters, as `email`. */
  furtherAddresses: string[];
}

export const addressesOf = ({ email, furtherAddresses }: ContactRow): string[] => [email, ...furtherAddresses];

/** The contact with all addresses, by the documentId of any of them; null when there is none. */
export async function contactWithAddresses(strapi: Core.Strapi, documentId: string): Promise<ContactRow | null> {
  const row = await findDocument(strapi, UID.contact, await afterContactMerges(strapi, documentId));
  const further = row && (await furtherAddresses(strapi, [row.id])).get(row.id);
  return row && { ...row, furtherAddresses: (further ?? []).map(({ email }: { email: string }) => email) };
}

export interface TicketRow {
  id: number;
  documentId: string;
  ticketNumber: string;
  participants: unknown;
  contact: { id: number } | null;
}

export interface CommentRow {
  id: number;
  documentId: string;
  authorAddress: string | null;
  source: string;
  isAutomatic: boolean;
  isOutgoing: boolean | null;
  /** Where it belongs to a conversation with people outside: helpdesk/forwards.ts. */
  forwardToken: string | null;
  contact: { id: number } | null;
  user: { id: number } | null;
}

export interface Belongings {
  /** Requests of the contact in which no other customer has written. */
  own: TicketRow[];
  /** Conversations with others: the contact's own, or one that the contact wrote into or was in copy of. */
  shared: TicketRow[];
}

export async function belongingsOf(strapi: Core.Strapi, contact: ContactRow): Promise<Belongings> {
  const belongings: Belongings = { own: [], shared: [] };
  for (const ticket of await ticketsOf(strapi, contact)) {
    const isOwn = ticket.contact?.id === contact.id && !(await hasOthers(strapi, contact, ticket));
    belongings[isOwn ? 'own' : 'shared'].push(ticket);
  }
  return belongings;
}

/** Staff, machines, people who were only in copy and those who got something forwarded are no others. */
async function hasOthers(strapi: Core.Strapi, contact: ContactRow, ticket: { id: number }): Promise<boolean> {
  for await (const comments of commentsOfTicket(strapi, ticket.id))
    if (comments.some((comment) => isCustomers(comment) && !comment.isAutomatic && !isBy(contact, comment))) return true;
  return false;
}

const isCustomers = ({ source, contact, user, isOutgoing, forwardToken }: CommentRow): boolean =>
  contact !== null || (source === 'email' && user === null && isOutgoing !== true && !forwardToken);

export const isBy = (contact: ContactRow, comment: CommentRow): boolean =>
  comment.contact?.id === contact.id || isTheirs(contact, comment.authorAddress);

export const isTheirs = (contact: ContactRow, other: unknown): boolean => addressesOf(contact).some((email) => isAddress(email, other));

const isAddress = (email: string, other: unknown): boolean =>
  typeof other === 'string' && other.trim().toLowerCase() === email.toLowerCase();

/**
 * The comments of a ticket, oldest first and a piece at a time, with what says who wrote them and the attributes named besides: strangers decide
 * how many there are. Their texts are read with `textsOfComments`.
 */
export const commentsOfTicket = <const N extends ColumnOf<typeof UID.comment> = never>(
  strapi: Core.Strapi,
  ticket: number,
  attributes: readonly N[] = [],
) =>
  piecesOf(
    strapi,
    UID.comment,
    {
      select: ['id', 'documentId', 'authorAddress', 'source', 'isAutomatic', 'isOutgoing', 'forwardToken', ...attributes],
      where: pointsAt(strapi, UID.comment, 'ticket', ticket),
      populate: { contact: { select: ['id'] }, user: { select: ['id'] } },
    },
    COMMENTS_A_PIECE,
  );

/** With the texts of this many, memory is no matter. */
const COMMENTS_A_PIECE = 50;

async function ticketsOf(strapi: Core.Strapi, contact: ContactRow): Promise<TicketRow[]> {
  const ids = new Set<number>([
    ...(await idsOf(strapi, UID.ticket, pointsAt(strapi, UID.ticket, 'contact', contact.id))),
    ...(await holding(strapi, UID.ticket, ['participants'], contact)),
    ...(await ticketsOfComments(strapi, contact)),
    ...(await ticketsOfDeliveries(strapi, contact)),
  ]);
  const tickets: TicketRow[] = [];
  for (const some of inPieces([...ids].sort((one, other) => one - other))) {
    const where = { id: { $in: some } };
    tickets.push(
      ...(await rowsOf(strapi, UID.ticket).findMany({
        select: ['id', 'documentId', 'ticketNumber', 'participants'],
        where,
        orderBy: { id: 'asc' },
        populate: { contact: { select: ['id'] } },
      })),
    );
  }
  return tickets;
}

async function ticketsOfComments(strapi: Core.Strapi, contact: ContactRow): Promise<number[]> {
  const comments = [
    ...(await idsOf(strapi, UID.comment, pointsAt(strapi, UID.comment, 'contact', contact.id))),
    ...(await idsByAddress(strapi, UID.comment, 'authorAddress', contact)),
    ...(await holding(strapi, UID.comment, ['recipients'], contact)),
  ];
  return ticketsBehind(strapi, UID.comment, comments);
}

async function ticketsOfDeliveries(strapi: Core.Strapi, contact: ContactRow): Promise<number[]> {
  return ticketsBehind(strapi, UID.delivery, await holding(strapi, UID.delivery, ['to', 'cc', 'bcc'], contact));
}

async function ticketsBehind(strapi: Core.Strapi, uid: StrapiUID.ContentType, ids: number[]): Promise<number[]> {
  const tickets: number[] = [];
  for (const some of inPieces(ids)) {
    const rows: { ticket: { id: number } | null }[] = await strapi.db
      .query(uid)
      .findMany({ select: ['id'], where: { id: { $in: some } }, populate: { ticket: { select: ['id'] } } });
    tickets.push(...rows.flatMap(({ ticket }) => (ticket ? [ticket.id] : [])));
  }
  return tickets;
}

/** Rows of the scan log about emails of the contact: by sender, by the tickets that go, by the comments that are emptied. */
export async function ledgerRowsOf(strapi: Core.Strapi, contact: ContactRow, tickets: number[], comments: number[]): Promise<number[]> {
  const ids = new Set(await idsByAddress(strapi, UID.message, 'fromAddress', contact));
  for (const some of inPieces(tickets)) for (const id of await idsOf(strapi, UID.message, { ticket: { id: { $in: some } } })) ids.add(id);
  for (const some of inPieces(comments)) for (const id of await idsOf(strapi, UID.message, { comment: { id: { $in: some } } })) ids.add(id);
  return [...ids];
}

// ---- Look-ups

type Searched = (typeof UID)['ticket' | 'comment' | 'delivery' | 'activity'];

/** The files of these comments. */
export async function attachmentsOf(strapi: Core.Strapi, comments: number[]): Promise<{ id: number; key: string; size: number }[]> {
  const files: { id: number; key: string; size: number }[] = [];
  for (const some of inPieces(comments))
    files.push(
      ...(await rowsOf(strapi, UID.attachment).findMany({ select: ['id', 'key', 'size'], where: { comment: { id: { $in: some } } } })),
    );
  return files;
}

async function idsOf(strapi: Core.Strapi, uid: StrapiUID.ContentType, where: object): Promise<number[]> {
  const rows: { id: number }[] = await strapi.db.query(uid).findMany({ select: ['id'], where });
  return rows.map(({ id }) => id);
}

/** Ids of records with one of the contact's addresses there, in whatever letters. */
async function idsByAddress(
  strapi: Core.Strapi,
  uid: (typeof UID)['comment' | 'message'],
  attribute: string,
  contact: ContactRow,
): Promise<number[]> {
  const ids: number[] = [];
  const $or = addressesOf(contact).map((email) => ({ [attribute]: { $eqi: email } }));
  for await (const id of idRanges(strapi, uid)) ids.push(...(await idsOf(strapi, uid, { id, $or })));
  return ids;
}

/** Ids of records of which one of these lists of addresses (JSON) names the contact. */
async function holding(strapi: Core.Strapi, uid: Searched, attributes: string[], contact: ContactRow): Promise<number[]> {
  const ids: number[] = [];
  for (const some of inPieces(await holdingText(strapi, uid, attributes, contact))) {
    const rows: Record<string, unknown>[] = await strapi.db
      .query(uid)
      .findMany({ select: ['id', ...attributes], where: { id: { $in: some } } });
    ids.push(...rows.filter((row) => attributes.some((name) => names(row[name], contact))).map(({ id }) => id as number));
  }
  return ids;
}

/** Ids of records in whose JSON the letters of an address stand; of too many ("_" is any letter, "ann@x.test" stands in "joann@x.test"). */
export async function holdingText(strapi: Core.Strapi, uid: Searched, attributes: string[], contact: ContactRow): Promise<number[]> {
  const { tableName, attributes: known } = strapi.db.metadata.get(uid);
  const columns = attributes.map((name) => (known[name] as { columnName?: string }).columnName ?? name);
  const text = strapi.db.dialect.client === 'mysql' ? 'char' : 'text';
  const asked = columns.flatMap((column) => addressesOf(contact).map((email) => [column, `%${email.toLowerCase()}%`]));
  const condition = asked.map(() => `lower(cast(?? as ${text})) like ?`).join(' or ');
  const ids: number[] = [];
  for await (const { $gt, $lte } of idRanges(strapi, uid)) {
    const rows = strapi.db.getConnection(tableName).where('id', '>', $gt).where('id', '<=', $lte);
    const found: { id: number }[] = await rows.whereRaw(`(${condition})`, asked.flat()).select('id');
    ids.push(...found.map(({ id }) => id));
  }
  return ids;
}

/** Whether one of the contact's addresses stands anywhere in such a list: plain addresses, or objects that hold them, at any depth. */
export function names(value: unknown, contact: ContactRow): boolean {
  if (typeof value === 'string') return isTheirs(contact, value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part) => names(part, contact));
}

/** The same list without the entries that name the contact. */
export function without(value: unknown, contact: ContactRow): unknown {
  if (Array.isArray(value)) return value.filter((entry) => !names(entry, contact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, without(part, contact)]));
}
