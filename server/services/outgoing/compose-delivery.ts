import type { Core } from '@strapi/strapi';
import type { Address } from '../message/types';
import { COMMENT_TEXTS, descriptionOf, MAX_STORED_BYTES, textsOfComments } from '../helpdesk/long-texts';
import { piecesOf } from '../storage/chunks';
import { pointsAt } from '../platform/links';
import { columnsBut, withinBytes } from '../storage/long-columns';
import { ownAddresses } from '../settings/own-addresses';
import { getOutgoingMail, getSettings, speechOf } from '../settings/settings';
import { UID } from '../uids';
import { heardBy } from './audience';
import { compose, recipientsOf, type Recipients } from './compose';
import { templateOf } from './email-templates';
import type { OutgoingMail } from './transport';

/** A delivery that has nobody to go to, or is not to go any more. */
export class NotDeliverable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotDeliverable';
  }
}

/** As many comments as an email tells. */
const MAX_COMMENTS = 30;
/** So much of them is read, most of it for their three forms; an email repeats less (change-comments.ts). */
const MAX_READ_BYTES = 2_000_000;

interface Uncomposed {
  messageId: string;
  ticket: { id: number } | null;
  comment: { id: number } | null;
  /** What the author chose; null for whom the template names. */
  to: Address[] | null;
  cc: Address[] | null;
}

/** Makes the email of a delivery from what the database holds at this moment. Throws NotDeliverable with the reason. */
export async function composeDelivery(strapi: Core.Strapi, delivery: Uncomposed): Promise<OutgoingMail> {
  if (!delivery.ticket || !delivery.comment) throw new NotDeliverable('The ticket or the comment was deleted before the email left.');
  const comment = await strapi.db.query(UID.comment).findOne({ select: ['id', 'isPublic'], where: { id: delivery.comment.id } });
  if (!comment?.isPublic) throw new NotDeliverable('The comment was made internal before the email left.');
  const template = await templateOf(strapi, 'change-comments');
  if (!template.active) throw new NotDeliverable('The email template "Change Comments" is switched off.');

  const ticket = await readTicket(strapi, delivery.ticket.id);
  const addressed = {
    ticket,
    contact: ticket.contact,
    account: ticket.account,
    template,
    sender: await senderOf(strapi, ticket.scanner),
    ownAddresses: [...(await ownAddresses(strapi))],
    recipients: delivery.to && { to: delivery.to, cc: delivery.cc ?? [] },
  };
  const recipients = recipientsOf(addressed);
  if (recipients.to.length === 0) throw new NotDeliverable('The ticket has no contact with an email address to send to.');
  const mail = compose({
    ...addressed,
    comments: await commentsToTell(strapi, ticket, comment.id, recipients),
    speech: await speechOf(strapi),
    thread: await threadOf(strapi, ticket.id),
  });
  return { ...mail, messageId: delivery.messageId };
}

/** A ticket with what a template may name. Never more of an admin user than name and address. */
export async function readTicket(strapi: Core.Strapi, id: number): Promise<any> {
  const ticket = await strapi.db.query(UID.ticket).findOne({
    select: columnsBut(strapi, UID.ticket, ['description']) as never,
    where: { id },
    populate: {
      contact: true,
      account: true,
      assignee: { select: ['id', 'firstname', 'lastname', 'email'] },
      scanner: { select: ['id', 'name', 'fromAddress', 'fromName'] },
    },
  });
  return { ...ticket, description: await descriptionOf(strapi, id) };
}

/** The scanner's own sender where it has one, else the one for all outgoing mail. */
export async function senderOf(strapi: Core.Strapi, scanner: { fromAddress: string | null; fromName: string | null } | null) {
  const outgoing = await getOutgoingMail(strapi);
  return { address: scanner?.fromAddress || outgoing.fromAddress, name: scanner?.fromName || outgoing.fromName };
}

/**
 * The newest public comments, up to the one that the email is about where there is one, as far as an email takes them; internal ones are not
 * even read.
 */
export async function publicComments(strapi: Core.Strapi, ticket: number, upTo?: number): Promise<any[]> {
  const newest: { id: number }[] = await strapi.db.query(UID.comment).findMany({
    select: ['id'],
    where: {
      $and: [pointsAt(strapi, UID.comment, 'ticket', ticket), { isPublic: true, ...(upTo === undefined ? {} : { id: { $lte: upTo } }) }],
    } as never,
    orderBy: { id: 'desc' },
    limit: MAX_COMMENTS,
  });
  const ids = await withinBytes(
    strapi,
    UID.comment,
    newest.map(({ id }) => id),
    { names: COMMENT_TEXTS, each: MAX_STORED_BYTES, all: MAX_READ_BYTES },
  );
  const comments = await strapi.db.query(UID.comment).findMany({
    select: ['id', 'isPublic', 'authorName', 'authorIsDoor', 'authorAddress', 'source', 'recipients', 'createdAt'],
    populate: { contact: { select: ['id', 'email'] }, user: { select: ['id'] } },
    where: { id: { $in: ids } },
    orderBy: { id: 'desc' },
  });
  const texts = await textsOfComments(strapi, ids);
  return comments.map((comment) => ({
    ...comment,
    ...texts.get(comment.id),
    authorName: (comment.authorIsDoor ? null : comment.authorName?.trim()) || addressOfCustomer(comment),
  }));
}

/** What a customer without a name is called; null for staff, whose addresses are not shown. */
const addressOfCustomer = ({ contact, user, source, authorAddress }: any): string | null =>
  !user && (contact || source === 'email') ? authorAddress || contact?.email || null : null;

/**
 * What the email about a comment tells: the comment with its pictures and the public ones before it that its recipients may read, except
 * those whose author can still take them back.
 */
async function commentsToTell(
  strapi: Core.Strapi,
  ticket: { id: number; contact: { id: number; email: string } | null },
  about: number,
  recipients: Recipients,
) {
  const comments = await publicComments(strapi, ticket.id, about);
  const told: any[] = [];
  const emails = { where: { ticket: { id: ticket.id } }, populate: { comment: { select: ['id'] } } };
  const select = ['id', 'state', 'attempts', 'nextAttemptAt', 'undo', 'to', 'cc'];
  for await (const some of piecesOf(strapi, UID.delivery, { ...emails, select })) told.push(...some);
  const untold = new Set(told.filter(isUndoable).map(({ comment }) => comment?.id));
  const earlier = comments.filter(({ id }) => id !== about && !untold.has(id));
  const { staffDomains } = await getSettings(strapi);
  const heard = heardBy(earlier, told, { recipients, contact: ticket.contact, staffDomains });
  const pictures = await strapi.db
    .query(UID.attachment)
    .findMany({ select: ['contentId'], where: { comment: { id: about }, inline: true } });
  const contentIds: string[] = pictures.map(({ contentId }) => contentId);
  return [...comments.filter(({ id }) => id === about).map((comment) => ({ ...comment, contentIds })), ...heard];
}

const isUndoable = ({ undo, state, attempts, nextAttemptAt }: any): boolean =>
  Boolean(undo) && state === 'queued' && attempts === 0 && new Date(nextAttemptAt) > new Date();

/** Of a long thread, an email names the first message and some of the last: see compose.ts. */
const LAST_OF_THREAD = 50;

interface Mentioned {
  id: number;
  messageId: string;
  createdAt: string;
}

/** The Message-IDs of a ticket in both directions, oldest first (of very many the first and the last ones), and the customer's newest one. */
export async function threadOf(strapi: Core.Strapi, ticket: number): Promise<{ messageIds: string[]; inReplyTo: string | null }> {
  const received = { $and: [pointsAt(strapi, UID.comment, 'ticket', ticket), { messageId: { $notNull: true } }] };
  const sent = { ticket: { id: ticket }, $or: [{ state: 'sent' }, { putOff: { $notNull: true } }] };
  const ends = [...(await endsOf(strapi, UID.comment, received)), ...(await endsOf(strapi, UID.delivery, sent))];
  const all = ends.sort((one, other) => new Date(one.createdAt).getTime() - new Date(other.createdAt).getTime());
  const [newest] = await newestOf(strapi, UID.comment, { $and: [received, { isAutomatic: false }] }, 1);
  return { messageIds: all.map(({ messageId }) => messageId), inReplyTo: newest?.messageId ?? null };
}

async function endsOf(strapi: Core.Strapi, uid: (typeof UID)['comment' | 'delivery'], where: object): Promise<Mentioned[]> {
  const last = await newestOf(strapi, uid, where, LAST_OF_THREAD);
  if (last.length < LAST_OF_THREAD) return last;
  const [first] = await newestOf(strapi, uid, where, 1, 'asc');
  return [first, ...last];
}

const newestOf = (
  strapi: Core.Strapi,
  uid: (typeof UID)['comment' | 'delivery'],
  where: object,
  limit: number,
  order: 'asc' | 'desc' = 'desc',
): Promise<Mentioned[]> =>
  strapi.db.query(uid).findMany({
    select: ['id', 'messageId', 'createdAt'],
    where: where as never,
    orderBy: [{ createdAt: order }, { id: order }],
    limit,
  } as never);
