import type { Core } from '@strapi/strapi';
import { inPieces } from '../lib/pieces';
import { atAddressInUse } from '../helpdesk/contact-addresses';
import { COMMENT_TEXTS, descriptionsOf, MAX_STORED_BYTES, textsOfComments } from '../helpdesk/long-texts';
import { linkTable, pointsAt } from '../platform/links';
import { piecesOf } from '../storage/chunks';
import { bytesOf, columnsBut, fittingBytes } from '../storage/long-columns';
import { addLinked } from '../storage/linked';
import { grouped, ranked } from '../storage/ranked';
import { rowsOf, type Found, type Row } from '../storage/rows';
import { UID } from '../uids';

/** What emails about tickets are made of, looked up for several tickets at once. */

/** A ticket with what a template may name. Never more of an admin user than name and address. */
export async function readTicket(strapi: Core.Strapi, id: number): Promise<ReadTicket> {
  return (await readTickets(strapi, [id])).get(id) ?? ({ description: null } as ReadTicket);
}

type ReadTicket = Awaited<ReturnType<typeof readTickets>> extends Map<number, infer Ticket> ? Ticket : never;

/** Few administrators and scanners have all the tickets. */
const LINKED = {
  assignee: { select: ['id', 'firstname', 'lastname', 'email'] },
  scanner: { select: ['id', 'name', 'fromAddress', 'fromName', 'signature'] },
} as const;

export async function readTickets(strapi: Core.Strapi, ids: number[]) {
  const people = { contact: { select: columnsBut(strapi, UID.contact, ['notes']) }, account: true };
  const rows = await rowsOf(strapi, UID.ticket).findMany({
    select: columnsBut(strapi, UID.ticket, ['description']),
    where: { id: { $in: ids } },
    populate: people,
  });
  await addLinked(strapi, UID.ticket, rows, LINKED);
  const tickets = await atAddressInUse(strapi, rows as Row<'ticket', typeof people & typeof LINKED>[]);
  const descriptions = await descriptionsOf(strapi, ids);
  return new Map(tickets.map((ticket) => [ticket.id, { ...ticket, description: descriptions.get(ticket.id) ?? null }]));
}

/** As many comments as an email tells. */
const MAX_COMMENTS = 30;
/** This much of them is read, most of it for their three forms; an email repeats less (change-comments.ts). */
export const MAX_READ_BYTES = 2_000_000;

/** What of comments is read: their three forms, each as far as it is kept in the row. */
export const READ_OF_COMMENTS = { names: COMMENT_TEXTS, each: MAX_STORED_BYTES, all: MAX_READ_BYTES };

/** The newest public comments, or those before the one of that id, as far as an email takes them; internal ones are not even read. */
export async function publicComments(strapi: Core.Strapi, ticket: number, before?: number, limit = MAX_COMMENTS): Promise<ReadComment[]> {
  const newest: { id: number }[] = await rowsOf(strapi, UID.comment).findMany({
    select: ['id'],
    where: {
      $and: [
        pointsAt(strapi, UID.comment, 'ticket', ticket),
        { isPublic: true },
        ...(before === undefined ? [] : [{ id: { $lt: before } }]),
      ],
    },
    orderBy: { id: 'desc' },
    limit,
  });
  const ids = newest.map(({ id }) => id);
  const fitting = fittingBytes(ids, await bytesOf(strapi, UID.comment, ids, COMMENT_TEXTS), READ_OF_COMMENTS);
  const comments = await readComments(strapi, fitting);
  return fitting.flatMap((id) => comments.get(id) ?? []);
}

/** The newest public comments of each delivery's ticket, up to the one that it is about, by the ids of the deliveries. */
export async function newestPublic(strapi: Core.Strapi, deliveries: readonly { id: number }[]): Promise<Map<number, number[]>> {
  const { name, owner, target } = linkTable(strapi, UID.comment, 'ticket');
  const rows = await ranked(
    strapi,
    (from, raw) =>
      from(`${strapi.db.metadata.get(UID.delivery).tableName} as d`)
        .join(`${name} as l`, `l.${target}`, 'd.ticket_id')
        .join(`${strapi.db.metadata.get(UID.comment).tableName} as c`, 'c.id', `l.${owner}`)
        .whereIn(
          'd.id',
          deliveries.map(({ id }) => id),
        )
        .where('c.is_public', true)
        .whereRaw('(d.comment_id is null or c.id <= d.comment_id)')
        .select({ delivery: 'd.id', id: 'c.id' }, raw('row_number() over (partition by d.id order by c.id desc) as place')),
    (found) => found.where('place', '<=', MAX_COMMENTS),
  );
  const newest = grouped(rows, 'delivery');
  return new Map([...newest].map(([id, some]) => [id, some.map((row) => Number(row.id)).sort((one, other) => other - one)]));
}

const OF_COMMENT = {
  select: [
    'id',
    'documentId',
    'isPublic',
    'isOutgoing',
    'isByColleague',
    'authorName',
    'authorIsDoor',
    'authorAddress',
    'source',
    'isAutomatic',
    'recipients',
    'createdAt',
    'writtenAt',
  ],
  populate: { contact: { select: ['id', 'email'] }, user: { select: ['id'] } },
} as const;

type CommentRow = Found<typeof UID.comment, typeof OF_COMMENT>;
export type ReadComment = CommentRow & Pick<Row<'comment'>, 'text' | 'html' | 'visibleText'>;

/** Comments by their ids, with their texts and what their author is called. */
export async function readComments(strapi: Core.Strapi, ids: number[]): Promise<Map<number, ReadComment>> {
  const read = new Map<number, ReadComment>();
  for (const some of inPieces([...new Set(ids)])) {
    const comments = await rowsOf(strapi, UID.comment).findMany({
      ...OF_COMMENT,
      where: { id: { $in: some } },
    });
    const texts = await textsOfComments(strapi, some);
    for (const comment of comments) {
      const authorName = (comment.authorIsDoor ? null : comment.authorName?.trim()) || addressOfCustomer(comment);
      read.set(comment.id, { ...comment, ...texts.get(comment.id)!, authorName });
    }
  }
  return read;
}

/** What a customer without a name is called; null for staff, whose addresses are not shown. */
const addressOfCustomer = ({ contact, user, source, authorAddress }: CommentRow): string | null =>
  !user && (contact || source === 'email') ? authorAddress || contact?.email || null : null;

const OF_EMAIL = {
  select: ['id', 'messageId', 'sentMessageId', 'createdAt', 'state', 'attempts', 'nextAttemptAt', 'putOff', 'undo', 'to', 'cc', 'template'],
  populate: { comment: { select: ['id'] }, ticket: { select: ['id'] } },
} as const;

export type ReadEmail = Found<typeof UID.delivery, typeof OF_EMAIL>;

/** All emails of these tickets, by the tickets. */
export async function emailsOf(strapi: Core.Strapi, tickets: number[]): Promise<Map<number, ReadEmail[]>> {
  const emails = new Map<number, ReadEmail[]>();
  for await (const some of piecesOf(strapi, UID.delivery, { ...OF_EMAIL, where: { ticket: { id: { $in: tickets } } } }))
    for (const email of some) emails.set(email.ticket!.id, [...(emails.get(email.ticket!.id) ?? []), email]);
  return emails;
}

/** The Content-IDs of the pictures that stand in comments, by the comments. */
export async function picturesOf(strapi: Core.Strapi, comments: number[]): Promise<Map<number, string[]>> {
  const pictures = await rowsOf(strapi, UID.attachment).findMany({
    select: ['id', 'contentId'],
    where: { comment: { id: { $in: comments } }, inline: true },
    populate: { comment: { select: ['id'] } },
  });
  const byComment = new Map<number, string[]>();
  for (const { comment, contentId } of pictures)
    if (contentId) byComment.set(comment!.id, [...(byComment.get(comment!.id) ?? []), contentId]);
  return byComment;
}
