import type { Core } from '@strapi/strapi';
import { follow, followersOf } from '../helpdesk/followers';
import type { NewsKind } from '../helpdesk/news';
import { inPieces } from '../lib/pieces';
import { linkTable } from '../platform/links';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { UID } from '../uids';
import { choicesOf, DEFAULT_CHOICES } from './choices';
import { readersOf } from './readers';
import { whomToTell, whoWasNamed, type Facts, type Message, type NewsRow, type Told } from './whom';

/** From what has happened to what people are told. */

/** So many rows at once. */
const NEWS_A_ROUND = 300;

/**
 * Tells people what has happened and was not told yet; resolves with how many notices that made. Instances may do so at the same time: a
 * notice is unique by its news and its reader, so whoever comes second adds nothing. A crash leaves the news to the next round.
 */
export async function spreadNews(strapi: Core.Strapi): Promise<number> {
  let count = 0;
  for (let isMore = true; isMore;) {
    const news = await nextNews(strapi);
    isMore = news.length === NEWS_A_ROUND;
    if (news.length === 0) break;
    const facts = await factsOf(strapi, news);
    await follow(strapi, whoWasNamed(news, facts));
    count += await writeNotices(strapi, whomToTell(news, facts));
    const ids = news.map(({ id }) => id);
    await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.news).whereIn('id', ids).delete());
  }
  return count;
}

async function nextNews(strapi: Core.Strapi): Promise<NewsRow[]> {
  const rows: Record<string, number | string | null>[] = await readTable(strapi, TABLES.news, (table) =>
    table.orderBy('id').limit(NEWS_A_ROUND).select(),
  );
  const idOf = (value: number | string | null) => (value === null ? undefined : Number(value));
  return rows.map((row) => ({
    id: Number(row.id),
    kind: row.kind as NewsKind,
    ticket: Number(row.ticket_id),
    record: idOf(row.record_id),
    by: idOf(row.by_user),
    at: Number(row.at),
  }));
}

async function factsOf(strapi: Core.Strapi, news: NewsRow[]): Promise<Facts> {
  const records = (kind: NewsKind) => news.flatMap((row) => (row.kind === kind && row.record !== undefined ? [row.record] : []));
  const comments = await commentsOf(strapi, records('message'));
  const tickets = [...new Set([...news.map(({ ticket }) => ticket), ...[...comments.values()].map(({ ticket }) => ticket)])];
  const followers = new Map<number, number[]>();
  for (const { user, ticket } of await followersOf(strapi, tickets)) followers.set(ticket, [...(followers.get(ticket) ?? []), user]);
  return {
    readers: await readersOf(strapi),
    tickets: await assigneesOf(strapi, tickets),
    comments,
    deliveries: await deliveriesOf(strapi, records('failed')),
    followers,
  };
}

async function commentsOf(strapi: Core.Strapi, ids: number[]): Promise<Map<number, Message>> {
  if (ids.length === 0) return new Map();
  const comments = strapi.db.query(UID.comment);
  const rows = await comments.findMany({
    select: ['id', 'isPublic', 'source'],
    where: { id: { $in: ids } },
    populate: { ticket: { select: ['id'] } },
  });
  const notes = rows.filter(({ isPublic, source }) => !isPublic && source !== 'email').map(({ id }) => id);
  const texts = notes.length === 0 ? [] : await comments.findMany({ select: ['id', 'text'], where: { id: { $in: notes } } });
  const textOf = new Map(texts.map(({ id, text }) => [id, text ?? '']));
  return new Map(rows.flatMap(({ id, ticket }: any) => (ticket ? [[id, { ticket: ticket.id, note: textOf.get(id) ?? '' }]] : [])));
}

/** Of those that are there. */
export async function assigneesOf(strapi: Core.Strapi, tickets: number[]): Promise<Map<number, number | null>> {
  const { tableName } = strapi.db.metadata.get(UID.ticket);
  const assignees = linkTable(strapi, UID.ticket, 'assignee');
  const rows: { id: number; assignee: number | null }[] = await strapi.db
    .getConnection(`${tableName} as t`)
    .leftJoin(`${assignees.name} as a`, `a.${assignees.owner}`, 't.id')
    .whereIn('t.id', tickets)
    .select({ id: 't.id', assignee: `a.${assignees.target}` });
  return new Map(rows.map(({ id, assignee }) => [Number(id), assignee === null ? null : Number(assignee)]));
}

async function deliveriesOf(strapi: Core.Strapi, ids: number[]): Promise<Facts['deliveries']> {
  if (ids.length === 0) return new Map();
  const rows = await strapi.db.query(UID.delivery).findMany({
    select: ['id'],
    where: { id: { $in: ids } },
    populate: { comment: { select: ['id'], populate: { user: { select: ['id'] } } } },
  });
  return new Map(
    rows.flatMap(({ id, comment }: any) => (comment ? [[id, { comment: comment.id, author: comment.user?.id ?? null }]] : [])),
  );
}

async function writeNotices(strapi: Core.Strapi, told: Told[]): Promise<number> {
  const choices = await choicesOf(strapi, [...new Set(told.map(({ user }) => user))]);
  const rows = told.flatMap(({ news, user, ticket, comment, kind, by, at }) => {
    const { channels } = choices.get(user) ?? DEFAULT_CHOICES;
    if (!channels[kind].panel) return [];
    return [{ news_id: news, user_id: user, ticket_id: ticket, comment_id: comment, kind, by_user: by, at, read_at: null }];
  });
  // Eight values a row.
  for (const some of inPieces(rows, 100))
    await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.notices).insert(some).onConflict(['news_id', 'user_id']).ignore());
  return rows.length;
}
