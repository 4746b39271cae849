import type { Core } from '@strapi/strapi';
import { COMMENT_TEXTS, MAX_STORED_BYTES, textsOfComments } from '../helpdesk/long-texts';
import { findDocument } from '../storage/documents';
import { columnsBut, withinBytes } from '../storage/long-columns';
import { pointsAt } from '../platform/links';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { readTable } from '../storage/tables';
import { agentFor, USER_ATTRIBUTES } from './agents';
import { visibleContacts } from './people-views';
import { EMAIL_ATTRIBUTES } from './deliveries';
import { answersToForwards } from './forward-recipients';
import { undoSeconds } from './undo';
import { isVisible, WITH_HOLDER, type Viewer } from './viewer';

/** The comments of a ticket as the inbox shows them: a page at a time, because strangers decide how many there are and how long they are. */

/** A page has at most this many comments, and fewer where they are long. */
const MOST_A_PAGE = 50;
const MAX_PAGE_BYTES = 1_500_000;

const ATTACHMENT_ATTRIBUTES = ['documentId', 'name', 'mime', 'size', 'contentId', 'inline', 'repeated', 'wholeOf'] as const;
/** What the panel is told of a file. */
const BYTES_OF_A_FILE = 500;
const DELIVERY_ATTRIBUTES = [...EMAIL_ATTRIBUTES, 'undoSeconds'] as const;

/** A comment with its files and what became of its email. */
export type ConversationComment = Awaited<ReturnType<typeof readComments>>[number];

interface ConversationPage {
  /** Oldest first, each with its files and what became of its email. */
  comments: ConversationComment[];
  /** How many came before these. */
  earlier: number;
}

/**
 * The newest comments of a ticket, or those before the one of that id. `only` narrows them down.
 */
export async function conversationPage(
  strapi: Core.Strapi,
  viewer: Viewer,
  ticketId: number,
  { before, only = {} }: { before?: number; only?: object } = {},
): Promise<ConversationPage> {
  const where = {
    $and: [only, pointsAt(strapi, UID.comment, 'ticket', ticketId), ...(before === undefined ? [] : [{ id: { $lt: before } }])],
  };
  const newest: { id: number }[] = await rowsOf(strapi, UID.comment).findMany({
    select: ['id'],
    where,
    orderBy: { id: 'desc' },
    limit: MOST_A_PAGE,
  });
  const ids = await thatFit(
    strapi,
    newest.map(({ id }) => id),
  );
  if (ids.length === 0) return { comments: [], earlier: 0 };
  const earlier = await strapi.db.query(UID.comment).count({ where: { $and: [where, { id: { $lt: ids.at(-1)! } }] } });
  return { comments: await readComments(strapi, viewer, ids.reverse()), earlier };
}

/** The id of a comment of that ticket, by its documentId; null when there is none. */
export async function idOfComment(strapi: Core.Strapi, ticketId: number, documentId: string): Promise<number | null> {
  const where = { $and: [{ documentId }, pointsAt(strapi, UID.comment, 'ticket', ticketId)] };
  return (await rowsOf(strapi, UID.comment).findOne({ select: ['id'], where }))?.id ?? null;
}

/** With whose ticket it is, which says who sees it. */
const WHOSE_TICKET = { select: ['id'], populate: WITH_HOLDER } as const;

/** The id of a comment, by its documentId; null when there is none, or none that the viewer sees. */
export async function idOfVisibleComment(strapi: Core.Strapi, viewer: Viewer, documentId: string): Promise<number | null> {
  const found = await findDocument(strapi, UID.comment, documentId, { select: ['id'], populate: { ticket: WHOSE_TICKET } });
  return found && isVisible(viewer, found.ticket ?? {}) ? found.id : null;
}

/** The file of a comment, or one of the viewer's own that is not sent yet; null when there is none that the viewer may have. */
export async function findAttachment(
  strapi: Core.Strapi,
  viewer: Viewer,
  documentId: string,
): Promise<{ key: string; name: string } | null> {
  const populate = { comment: { select: ['id'], populate: { ticket: WHOSE_TICKET } } };
  const found = await findDocument(strapi, UID.attachment, documentId, { populate });
  if (!found) return null;
  // What somebody has not sent yet is theirs alone.
  const mayHave = found.comment ? isVisible(viewer, found.comment.ticket ?? {}) : found.uploadedBy === viewer.id;
  return mayHave ? found : null;
}

/** As many of these comments as a page takes; the first one in any case. */
async function thatFit(strapi: Core.Strapi, ids: number[]): Promise<number[]> {
  const files = await countFiles(strapi, ids);
  return withinBytes(strapi, UID.comment, ids, {
    names: COMMENT_TEXTS,
    each: MAX_STORED_BYTES,
    all: MAX_PAGE_BYTES,
    besides: (id) => (files.get(id) ?? 0) * BYTES_OF_A_FILE,
  });
}

async function countFiles(strapi: Core.Strapi, comments: number[]): Promise<Map<number, number>> {
  const rows: { comment_id: number; count: number | string }[] = await readTable(
    strapi,
    strapi.db.metadata.get(UID.attachment).tableName,
    (table) => table.whereIn('comment_id', comments).groupBy('comment_id').select('comment_id').count({ count: '*' }),
  );
  return new Map(rows.map(({ comment_id, count }) => [comment_id, Number(count)]));
}

/** One comment as a page has it. */
export async function commentOf(strapi: Core.Strapi, viewer: Viewer, id: number): Promise<ConversationComment> {
  return (await readComments(strapi, viewer, [id]))[0];
}

/** `ids` in ascending order, no more than a page has. */
async function readComments(strapi: Core.Strapi, viewer: Viewer, ids: number[]) {
  const comments = await rowsOf(strapi, UID.comment).findMany({
    select: columnsBut(strapi, UID.comment, COMMENT_TEXTS),
    where: { id: { $in: ids } },
    orderBy: { id: 'asc' },
    populate: { contact: true, user: USER_ATTRIBUTES },
  });
  const texts = await textsOfComments(strapi, ids);
  const contacts = await visibleContacts(
    strapi,
    viewer,
    comments.flatMap(({ contact }) => (contact ? [contact.id] : [])),
  );
  const ofComments = {
    where: { comment: { id: { $in: ids } } },
    orderBy: { id: 'asc' },
    populate: { comment: { select: ['id'] } },
  } as const;
  const attachments = groupByComment(await rowsOf(strapi, UID.attachment).findMany(ofComments), ATTACHMENT_ATTRIBUTES);
  const sent = await rowsOf(strapi, UID.delivery).findMany({
    ...ofComments,
    select: columnsBut(strapi, UID.delivery, ['html', 'text', 'headers']),
  });
  const deliveries = groupByComment(
    sent.map((row) => ({ ...row, undoSeconds: undoSeconds(row) })),
    DELIVERY_ATTRIBUTES,
  );
  const withSource = await withKeptSource(
    strapi,
    comments.filter(({ source }) => source === 'email').map(({ id }) => id),
  );
  const answerTo = await answersToForwards(strapi, comments);
  return comments.map(({ contact, user, forwardToken: _token, ...comment }) => ({
    ...comment,
    forward: answerTo.get(comment.id) ?? null,
    ...texts.get(comment.id),
    user: agentFor(viewer, user),
    // Who wrote stands beside it; what is known of them besides is only for those who see them.
    contact: contact && (contacts.has(contact.id) ? contact : { email: contact.email }),
    hasSource: withSource.has(comment.id),
    attachments: attachments.get(comment.id) ?? [],
    delivery: deliveries.get(comment.id)?.at(-1) ?? null,
  }));
}

/** Those of the comments whose email is kept as it came. */
async function withKeptSource(strapi: Core.Strapi, ids: number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const kept = await rowsOf(strapi, UID.message).findMany({
    select: ['id'],
    where: { comment: { id: { $in: ids } }, sourceKey: { $notNull: true } },
    populate: { comment: { select: ['id'] } },
  });
  return new Set(kept.map(({ comment }) => comment!.id));
}

function groupByComment<R extends { comment: { id: number } | null }, N extends keyof R>(
  rows: R[],
  attributes: readonly N[],
): Map<number, Pick<R, N>[]> {
  const groups = new Map<number, Pick<R, N>[]>();
  for (const row of rows) {
    const shown = Object.fromEntries(attributes.map((name) => [name, row[name]])) as Pick<R, N>;
    const group = groups.get(row.comment!.id);
    if (group) group.push(shown);
    else groups.set(row.comment!.id, [shown]);
  }
  return groups;
}
