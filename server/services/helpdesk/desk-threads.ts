import type { Core } from '@strapi/strapi';
import { FORWARD_TEMPLATE } from '../../../shared/vocabulary';
import { letOthersRun } from '../lib/let-others-run';
import { inPieces } from '../lib/pieces';
import { pointsAt } from '../platform/links';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import type { Delivery } from './desk-records';
import { idOfMark, markOf, ticketOfMark, tokenOf } from './thread-token';

/** What is known of the Message-IDs that a batch of emails names. Tickets by their ids. */
export interface Threads {
  /** By Message-IDs of ours: by their token, or as the outbox noted them; and by marks. */
  sent: Map<string, number>;
  /** By Message-IDs of emails that came in: one email in several mailboxes is in as many tickets. The original first. */
  received: Map<string, number[]>;
  deliveries: Map<string, Delivery>;
  /** By all of these: the token of the conversation beside the customer's that they belong to (forwards.ts). */
  forwards: Map<string, string>;
}

/** Looks up these Message-IDs, some hundreds of them by at most six queries. */
export async function findThreads(strapi: Core.Strapi, messageIds: Iterable<string>): Promise<Threads> {
  const ids = [...new Set(messageIds)];
  const threads: Threads = { sent: new Map(), received: new Map(), deliveries: new Map(), forwards: new Map() };
  if (ids.length === 0) return threads;
  for (const some of inPieces(ids)) {
    await letOthersRun();
    await addTicketsOfTokens(strapi, some, threads);
    await addTicketsOfMarks(strapi, some, threads);
    await letOthersRun();
    await addReceived(strapi, some, threads);
    await addDeliveries(strapi, some, threads);
  }
  return threads;
}

async function addTicketsOfTokens(strapi: Core.Strapi, ids: string[], { sent, forwards }: Threads): Promise<void> {
  const tokens = [...new Set(ids.map(tokenOf).filter((token) => token !== null))];
  if (tokens.length === 0) return;
  const rows = await rowsOf(strapi, UID.ticket).findMany({ select: ['id', 'threadToken'], where: { threadToken: { $in: tokens } } });
  const byToken = new Map(rows.map(({ id, threadToken }) => [threadToken, id]));
  for (const id of ids) {
    const ticket = byToken.get(tokenOf(id) ?? '');
    if (ticket !== undefined) sent.set(id, ticket);
  }
  const others = tokens.filter((token) => !byToken.has(token));
  if (others.length === 0) return;
  for (const { forwardToken, ticket } of await forwardedWhere(strapi, { forwardToken: { $in: others } }))
    for (const id of ids.filter((each) => tokenOf(each) === forwardToken)) {
      if (ticket) sent.set(id, ticket.id);
      forwards.set(id, forwardToken!);
    }
}

const forwardedWhere = (strapi: Core.Strapi, where: object) =>
  rowsOf(strapi, UID.comment).findMany({ select: ['forwardToken'], where, orderBy: { id: 'asc' }, populate: OF_TICKET });

async function addTicketsOfMarks(strapi: Core.Strapi, ids: string[], { sent, forwards }: Threads): Promise<void> {
  const named = [...new Set(ids.map(ticketOfMark).filter((ticket) => ticket !== null))];
  if (named.length === 0) return;
  const rows = await rowsOf(strapi, UID.ticket).findMany({ select: ['id', 'threadToken'], where: { id: { $in: named } } });
  for (const { id, threadToken } of rows) {
    const key = idOfMark(markOf({ id, threadToken }));
    if (threadToken && ids.includes(key)) sent.set(key, id);
  }
  const others = rows.filter(({ id, threadToken }) => !ids.includes(idOfMark(markOf({ id, threadToken }))));
  if (others.length === 0) return;
  const ofTickets = pointsAt(
    strapi,
    UID.comment,
    'ticket',
    others.map(({ id }) => id),
  );
  for (const { forwardToken, ticket } of await forwardedWhere(strapi, { $and: [ofTickets, { forwardToken: { $notNull: true } }] })) {
    const key = idOfMark(markOf({ id: ticket!.id, threadToken: forwardToken! }));
    if (!ids.includes(key)) continue;
    sent.set(key, ticket!.id);
    forwards.set(key, forwardToken!);
  }
}

async function addReceived(strapi: Core.Strapi, ids: string[], { received, forwards }: Threads): Promise<void> {
  const comments = await rowsOf(strapi, UID.comment).findMany({
    select: ['messageId', 'forwardToken'],
    where: { messageId: { $in: ids } },
    orderBy: { id: 'asc' },
    populate: OF_TICKET,
  });
  for (const { messageId: id, forwardToken, ticket } of comments) {
    const messageId = id!;
    if (forwardToken) forwards.set(messageId, forwardToken);
    const known = received.get(messageId) ?? [];
    if (ticket && !known.includes(ticket.id)) received.set(messageId, [...known, ticket.id]);
  }
}

async function addDeliveries(strapi: Core.Strapi, ids: string[], { sent, deliveries, forwards }: Threads): Promise<void> {
  const rows = await rowsOf(strapi, UID.delivery).findMany({
    select: ['id', 'messageId', 'sentMessageId', 'template', 'to', 'cc', 'bcc', 'bounces'],
    where: { $or: [{ messageId: { $in: ids } }, { sentMessageId: { $in: ids } }] },
    populate: OF_TICKET,
  });
  for (const { messageId, sentMessageId, template, ticket, ...row } of rows) {
    const token = template === FORWARD_TEMPLATE ? tokenOf(messageId) : null;
    const delivery = deliveryOf(row, ticket?.id ?? null);
    // A provider may have sent it under another Message-ID; both are ours.
    for (const each of [messageId, sentMessageId].filter((known) => known !== null)) {
      deliveries.set(each, delivery);
      if (ticket) sent.set(each, ticket.id);
      if (token) forwards.set(each, token);
    }
  }
}

type People = Record<'to' | 'cc' | 'bcc', unknown>;

export const deliveryOf = (
  { id, to, cc, bcc, bounces }: People & { id: number; bounces: string[] | null },
  ticket: number | null,
): Delivery => ({
  id,
  ticket,
  to: addressesIn(to),
  cc: addressesIn(cc),
  bcc: addressesIn(bcc),
  bounces: bounces ?? [],
});

const OF_TICKET = { ticket: { select: ['id'] } } as const;

const addressesIn = (list: unknown): string[] =>
  Array.isArray(list) ? list.map(({ address }: { address: string }) => address.toLowerCase()) : [];
