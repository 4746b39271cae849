import type { Core } from '@strapi/strapi';
import type { Address } from '../message/types';
import type { Knex } from 'knex';
import { inPieces } from '../lib/pieces';
import { COMMENT_TEXTS, descriptionsOf, MAX_STORED_BYTES, textsOfComments } from '../helpdesk/long-texts';
import { piecesOf } from '../storage/chunks';
import { linkTable, pointsAt } from '../platform/links';
import { bytesOf, columnsBut, fittingBytes } from '../storage/long-columns';
import { inTransaction, tableIn } from '../storage/tables';
import { ownAddresses } from '../settings/own-addresses';
import { getOutgoingMail, getSettings, speechOf } from '../settings/settings';
import { UID } from '../uids';
import { heardBy } from './audience';
import { compose, recipientsOf } from './compose';
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
  id: number;
  messageId: string;
  ticket: { id: number } | null;
  comment: { id: number } | null;
  /** What the author chose; null for whom the template names. */
  to: Address[] | null;
  cc: Address[] | null;
}

/** Makes the email of a delivery from what the database holds at this moment. Throws NotDeliverable with the reason. */
export async function composeDelivery(strapi: Core.Strapi, delivery: Uncomposed): Promise<OutgoingMail> {
  const mail = (await composeDeliveries(strapi, [delivery])).get(delivery.id)!;
  if (mail instanceof Error) throw mail;
  return mail;
}

/** The same for several, each with its mail or with what keeps it from being made: what they need is looked up for all at once. */
export async function composeDeliveries(
  strapi: Core.Strapi,
  deliveries: readonly Uncomposed[],
): Promise<Map<number, OutgoingMail | Error>> {
  const composed = new Map<number, OutgoingMail | Error>();
  if (deliveries.length === 0) return composed;
  const desk = await lookUpDesk(strapi);
  const { told, sizes, ...tickets } = await lookUpTickets(strapi, deliveries);
  // As many at a time as may stand in memory.
  for (const some of withinMemory(deliveries, (id) => told.get(id) ?? [], sizes)) {
    const comments = await readComments(
      strapi,
      some.flatMap(({ id }) => told.get(id) ?? []),
    );
    for (const delivery of some) {
      const newest = (told.get(delivery.id) ?? []).flatMap((id) => comments.get(id) ?? []);
      composed.set(delivery.id, mailOrError(delivery, desk, tickets, newest));
    }
  }
  return composed;
}

/** What is the same for all emails of a moment. */
async function lookUpDesk(strapi: Core.Strapi) {
  return {
    template: await templateOf(strapi, 'change-comments'),
    outgoing: await getOutgoingMail(strapi),
    ownAddresses: [...(await ownAddresses(strapi))],
    speech: await speechOf(strapi),
    staffDomains: (await getSettings(strapi)).staffDomains,
  };
}

async function lookUpTickets(strapi: Core.Strapi, deliveries: readonly Uncomposed[]) {
  const ticketIds = [...new Set(deliveries.flatMap(({ ticket }) => ticket?.id ?? []))];
  const about = deliveries.flatMap(({ comment }) => comment?.id ?? []);
  const comments = await strapi.db
    .query(UID.comment)
    .findMany({ select: ['id'], where: { id: { $in: about }, isPublic: true }, orderBy: { id: 'asc' } });
  const newest = await newestPublic(strapi, deliveries);
  const sizes = await bytesOf(strapi, UID.comment, [...new Set([...newest.values()].flat())], COMMENT_TEXTS);
  const told = new Map<number, number[]>();
  for (const [id, ids] of newest) told.set(id, fittingBytes(ids, sizes, READ));
  return {
    told,
    sizes,
    publicIds: new Set(comments.map(({ id }) => id as number)),
    tickets: await readTickets(strapi, ticketIds),
    emails: await emailsOf(strapi, ticketIds),
    received: await receivedBy(strapi, ticketIds),
    pictures: await picturesOf(strapi, about),
  };
}

type Desk = Awaited<ReturnType<typeof lookUpDesk>>;
type Tickets = Omit<Awaited<ReturnType<typeof lookUpTickets>>, 'told' | 'sizes'>;

/** So many bytes of comments are in memory at once; one email alone may have twice that. */
const MOST_IN_MEMORY = MAX_READ_BYTES / 2;

function withinMemory<D extends { id: number }>(
  deliveries: readonly D[],
  commentsOf: (id: number) => number[],
  sizes: ReadonlyMap<number, number>,
): D[][] {
  const parts: D[][] = [[]];
  let bytes = 0;
  for (const delivery of deliveries) {
    const size = commentsOf(delivery.id).reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0);
    if (bytes + size > MOST_IN_MEMORY && parts.at(-1)!.length > 0) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)!.push(delivery);
    bytes += size;
  }
  return parts;
}

function mailOrError(delivery: Uncomposed, desk: Desk, tickets: Tickets, newest: any[]): OutgoingMail | Error {
  try {
    return composeOne(delivery, desk, tickets, newest);
  } catch (error) {
    return error as Error;
  }
}

function composeOne(delivery: Uncomposed, desk: Desk, tickets: Tickets, newest: any[]): OutgoingMail {
  const { template, outgoing, speech, staffDomains } = desk;
  const ticket = delivery.ticket && tickets.tickets.get(delivery.ticket.id);
  if (!ticket || !delivery.comment) throw new NotDeliverable('The ticket or the comment was deleted before the email left.');
  const about = delivery.comment.id;
  if (!tickets.publicIds.has(about)) throw new NotDeliverable('The comment was made internal before the email left.');
  if (!template.active) throw new NotDeliverable('The email template "Change Comments" is switched off.');
  const addressed = {
    ticket,
    contact: ticket.contact,
    account: ticket.account,
    template,
    sender: senderFor(ticket.scanner, outgoing),
    ownAddresses: desk.ownAddresses,
    recipients: delivery.to && { to: delivery.to, cc: delivery.cc ?? [] },
  };
  const recipients = recipientsOf(addressed);
  if (recipients.to.length === 0) throw new NotDeliverable('The ticket has no contact with an email address to send to.');
  const emails = tickets.emails.get(ticket.id) ?? [];
  const untold = new Set(emails.filter(isUndoable).map(({ comment }) => comment?.id));
  const earlier = newest.filter(({ id }) => id !== about && !untold.has(id));
  const heard = heardBy(earlier, emails, { recipients, contact: ticket.contact, staffDomains });
  const contentIds = tickets.pictures.get(about) ?? [];
  const mail = compose({
    ...addressed,
    comments: [...newest.filter(({ id }) => id === about).map((comment) => ({ ...comment, contentIds })), ...heard],
    speech,
    thread: threadOf(tickets.received.get(ticket.id) ?? [], emails),
  });
  return { ...mail, messageId: delivery.messageId };
}

/** A ticket with what a template may name. Never more of an admin user than name and address. */
export async function readTicket(strapi: Core.Strapi, id: number): Promise<any> {
  return (await readTickets(strapi, [id])).get(id) ?? { description: null };
}

async function readTickets(strapi: Core.Strapi, ids: number[]): Promise<Map<number, any>> {
  const tickets = await strapi.db.query(UID.ticket).findMany({
    select: columnsBut(strapi, UID.ticket, ['description']) as never,
    where: { id: { $in: ids } },
    populate: {
      contact: true,
      account: true,
      assignee: { select: ['id', 'firstname', 'lastname', 'email'] },
      scanner: { select: ['id', 'name', 'fromAddress', 'fromName'] },
    },
  });
  const descriptions = await descriptionsOf(strapi, ids);
  return new Map(tickets.map((ticket: any) => [ticket.id, { ...ticket, description: descriptions.get(ticket.id) ?? null }]));
}

type Sender = { fromAddress: string | null; fromName: string | null } | null;

/** The scanner's own sender where it has one, else the one for all outgoing mail. */
export const senderOf = async (strapi: Core.Strapi, scanner: Sender): Promise<Address> => senderFor(scanner, await getOutgoingMail(strapi));

const senderFor = (scanner: Sender, outgoing: { fromAddress: string; fromName: string }): Address => ({
  address: scanner?.fromAddress || outgoing.fromAddress,
  name: scanner?.fromName || outgoing.fromName,
});

const READ = { names: COMMENT_TEXTS, each: MAX_STORED_BYTES, all: MAX_READ_BYTES };

/** The newest public comments, as far as an email takes them; internal ones are not even read. */
export async function publicComments(strapi: Core.Strapi, ticket: number): Promise<any[]> {
  const newest: { id: number }[] = await strapi.db.query(UID.comment).findMany({
    select: ['id'],
    where: { $and: [pointsAt(strapi, UID.comment, 'ticket', ticket), { isPublic: true }] } as never,
    orderBy: { id: 'desc' },
    limit: MAX_COMMENTS,
  });
  const ids = newest.map(({ id }) => id);
  const fitting = fittingBytes(ids, await bytesOf(strapi, UID.comment, ids, COMMENT_TEXTS), READ);
  const comments = await readComments(strapi, fitting);
  return fitting.flatMap((id) => comments.get(id) ?? []);
}

/** The newest public comments of each delivery's ticket, up to the one that it is about, by the ids of the deliveries. */
async function newestPublic(strapi: Core.Strapi, deliveries: readonly Uncomposed[]): Promise<Map<number, number[]>> {
  const { name, owner, target } = linkTable(strapi, UID.comment, 'ticket');
  const rows = await ranked(
    strapi,
    (from, raw) =>
      from(`${tableOf(strapi, UID.delivery)} as d`)
        .join(`${name} as l`, `l.${target}`, 'd.ticket_id')
        .join(`${tableOf(strapi, UID.comment)} as c`, 'c.id', `l.${owner}`)
        .whereIn(
          'd.id',
          deliveries.map(({ id }) => id),
        )
        .where('c.is_public', true)
        .whereRaw('c.id <= d.comment_id')
        .select({ delivery: 'd.id', id: 'c.id' }, raw('row_number() over (partition by d.id order by c.id desc) as place')),
    (found) => found.where('place', '<=', MAX_COMMENTS),
  );
  const newest = grouped(rows, 'delivery');
  return new Map([...newest].map(([id, some]) => [id, some.map((row) => Number(row.id)).sort((one, other) => other - one)]));
}

/** Comments by their ids, with their texts and what their author is called. */
async function readComments(strapi: Core.Strapi, ids: number[]): Promise<Map<number, any>> {
  const read = new Map<number, any>();
  for (const some of inPieces([...new Set(ids)])) {
    const comments = await strapi.db.query(UID.comment).findMany({
      select: ['id', 'isPublic', 'authorName', 'authorIsDoor', 'authorAddress', 'source', 'recipients', 'createdAt'],
      populate: { contact: { select: ['id', 'email'] }, user: { select: ['id'] } },
      where: { id: { $in: some } },
    });
    const texts = await textsOfComments(strapi, some);
    for (const comment of comments as any[]) {
      const authorName = (comment.authorIsDoor ? null : comment.authorName?.trim()) || addressOfCustomer(comment);
      read.set(comment.id, { ...comment, ...texts.get(comment.id), authorName });
    }
  }
  return read;
}

/** What a customer without a name is called; null for staff, whose addresses are not shown. */
const addressOfCustomer = ({ contact, user, source, authorAddress }: any): string | null =>
  !user && (contact || source === 'email') ? authorAddress || contact?.email || null : null;

/** All emails of these tickets, by the tickets. */
async function emailsOf(strapi: Core.Strapi, tickets: number[]): Promise<Map<number, any[]>> {
  const emails = new Map<number, any[]>();
  const query = {
    where: { ticket: { id: { $in: tickets } } },
    populate: { comment: { select: ['id'] }, ticket: { select: ['id'] } },
    select: ['id', 'messageId', 'createdAt', 'state', 'attempts', 'nextAttemptAt', 'putOff', 'undo', 'to', 'cc'],
  };
  for await (const some of piecesOf(strapi, UID.delivery, query))
    for (const email of some) emails.set(email.ticket.id, [...(emails.get(email.ticket.id) ?? []), email]);
  return emails;
}

/** The Content-IDs of the pictures that stand in comments, by the comments. */
async function picturesOf(strapi: Core.Strapi, comments: number[]): Promise<Map<number, string[]>> {
  const pictures = await strapi.db.query(UID.attachment).findMany({
    select: ['id', 'contentId'],
    where: { comment: { id: { $in: comments } }, inline: true },
    populate: { comment: { select: ['id'] } },
  });
  const byComment = new Map<number, string[]>();
  for (const { comment, contentId } of pictures as any[]) byComment.set(comment.id, [...(byComment.get(comment.id) ?? []), contentId]);
  return byComment;
}

const isUndoable = ({ undo, state, attempts, nextAttemptAt }: any): boolean =>
  Boolean(undo) && state === 'queued' && attempts === 0 && new Date(nextAttemptAt) > new Date();

// ---- The thread

/** Of a long thread, an email names the first message and some of the last: see compose.ts. */
const LAST_OF_THREAD = 50;

interface Mentioned {
  id: number;
  messageId: string;
  createdAt: string | number | Date;
}

interface Received extends Mentioned {
  /** True for the newest one that no machine wrote. */
  isAnswered: boolean;
}

/** The Message-IDs of a ticket in both directions, oldest first (of very many the first and the last ones), and the customer's newest one. */
function threadOf(received: Received[], emails: any[]): { messageIds: string[]; inReplyTo: string | null } {
  const sent = emails.filter(({ state, putOff }) => state === 'sent' || putOff).sort(byTime);
  const lastSent = sent.length > LAST_OF_THREAD ? [sent[0], ...sent.slice(-LAST_OF_THREAD)] : sent;
  const all = [...received, ...lastSent].sort(byTime);
  return { messageIds: all.map(({ messageId }) => messageId), inReplyTo: received.find(({ isAnswered }) => isAnswered)?.messageId ?? null };
}

const byTime = (one: Mentioned, other: Mentioned): number =>
  new Date(one.createdAt).getTime() - new Date(other.createdAt).getTime() || one.id - other.id;

/** What came in of these tickets, by the tickets: the first one, the last ones and the newest that no machine wrote. */
async function receivedBy(strapi: Core.Strapi, tickets: number[]): Promise<Map<number, Received[]>> {
  const { name, owner, target } = linkTable(strapi, UID.comment, 'ticket');
  const placed = (within: string, way: 'asc' | 'desc') =>
    `row_number() over (partition by ${within} order by c.created_at ${way}, c.id ${way})`;
  const rows = await ranked(
    strapi,
    (from, raw) =>
      from(`${name} as l`)
        .join(`${tableOf(strapi, UID.comment)} as c`, 'c.id', `l.${owner}`)
        .whereIn(`l.${target}`, tickets)
        .whereNotNull('c.message_id')
        .select(
          { ticket: `l.${target}`, id: 'c.id', messageId: 'c.message_id', createdAt: 'c.created_at', isAutomatic: 'c.is_automatic' },
          raw(`${placed(`l.${target}`, 'desc')} as last_place`),
          raw(`${placed(`l.${target}`, 'asc')} as first_place`),
          raw(`${placed(`l.${target}, c.is_automatic`, 'desc')} as kind_place`),
        ),
    (found) => found.where('last_place', '<=', LAST_OF_THREAD).orWhere('first_place', 1).orWhere('kind_place', 1),
  );
  const received = new Map<number, Received[]>();
  for (const [ticket, some] of grouped(rows, 'ticket')) {
    const answered = some.find((row) => Number(row.kind_place) === 1 && isFalse(row.isAutomatic));
    const kept = some.filter((row) => Number(row.last_place) <= LAST_OF_THREAD || Number(row.first_place) === 1 || row === answered);
    received.set(
      ticket,
      kept.map((row) => ({ ...(row as unknown as Mentioned), id: Number(row.id), isAnswered: row === answered })),
    );
  }
  return received;
}

/** SQLite and MySQL have numbers for it. */
const isFalse = (value: unknown): boolean => value === false || value === 0;

// ---- Some of each ticket, in one statement

type Row = Record<string, unknown>;

/** Some of what a query finds and numbers; in the calling code's transaction, if there is one. */
function ranked(
  strapi: Core.Strapi,
  ask: (from: (table: string) => Knex.QueryBuilder, raw: Knex.RawBuilder) => Knex.QueryBuilder,
  some: (found: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<Row[]> {
  return inTransaction(strapi, async (trx) => {
    const found = ask((table) => tableIn(strapi, trx, table), trx.raw.bind(trx) as Knex.RawBuilder);
    return (await some(trx.queryBuilder().from(found.as('ranked')).select('*'))) as Row[];
  });
}

function grouped(rows: Row[], name: string): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) groups.set(Number(row[name]), [...(groups.get(Number(row[name])) ?? []), row]);
  return groups;
}

const tableOf = (strapi: Core.Strapi, uid: (typeof UID)['comment' | 'delivery']): string => strapi.db.metadata.get(uid).tableName;
