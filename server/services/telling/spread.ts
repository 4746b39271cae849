import type { Core } from '@strapi/strapi';
import { absentNow } from '../helpdesk/absences';
import { follow, followersOf, mutedBy, type Follower } from '../helpdesk/followers';
import type { Channels } from '../../../shared/api/notices';
import { agentsOfTeams } from '../helpdesk/teams';
import type { NewsKind } from '../helpdesk/news';
import { letOthersRun } from '../lib/let-others-run';
import { inPieces } from '../lib/pieces';
import { linkTable } from '../platform/links';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { choicesOf, DEFAULT_CHOICES } from './choices';
import type { Holder } from '../inbox/viewer';
import { readersOf } from './readers';
import { whoIsTold, whoWasNamed, type Facts, type NewMessage, type NewsRow, type ToldPerson } from './who-is-told';

/** From what has happened to what people are told. */

/** How long an email waits whether more is to be told; who reads it in the panel meanwhile gets none. */
const GATHER_EMAILS_MS = 60_000;

/** This many rows at once. */
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
    await letOthersRun();
    const facts = await factsOf(strapi, news);
    await letOthersRun();
    await follow(strapi, whoWasNamed(news, facts));
    const ids = news.map(({ id }) => id);
    // One commit: on SQLite each waits for the disk in the main thread.
    count += await inTransaction(strapi, async (trx) => {
      const written = await writeNotices(strapi, whoIsTold(news, facts));
      await tableIn(strapi, trx, TABLES.news).whereIn('id', ids).delete();
      return written;
    });
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
  const holders = await holdersOf(strapi, tickets);
  const teams = [...new Set([...holders.values()].flatMap(({ team }) => team ?? []))];
  return {
    readers: await readersOf(strapi),
    tickets: holders,
    teams: await agentsOfTeams(strapi, teams),
    absent: await absentNow(strapi),
    comments,
    deliveries: await deliveriesOf(strapi, records('failed')),
    followers: byTicket(await followersOf(strapi, tickets)),
    muted: byTicket(await mutedBy(strapi, tickets)),
  };
}

function byTicket(people: Follower[]): Map<number, number[]> {
  const users = new Map<number, number[]>();
  for (const { user, ticket } of people) users.set(ticket, [...(users.get(ticket) ?? []), user]);
  return users;
}

async function commentsOf(strapi: Core.Strapi, ids: number[]): Promise<Map<number, NewMessage>> {
  if (ids.length === 0) return new Map();
  const comments = rowsOf(strapi, UID.comment);
  const rows = await comments.findMany({
    select: ['id', 'isPublic', 'source', 'isOutgoing'],
    where: { id: { $in: ids } },
    populate: { ticket: { select: ['id'] }, user: { select: ['id'] }, contact: { select: ['id'] } },
  });
  const notes = rows.filter(({ isPublic, source }) => !isPublic && source !== 'email').map(({ id }) => id);
  const texts = notes.length === 0 ? [] : await comments.findMany({ select: ['id', 'visibleText'], where: { id: { $in: notes } } });
  const textOf = new Map(texts.map(({ id, visibleText }) => [id, visibleText ?? '']));
  return new Map(
    rows.flatMap(({ id, ticket, user, contact, source, isOutgoing }) => {
      const isByCustomer = !user && !isOutgoing && (source === 'email' || contact !== null);
      return ticket ? [[id, { ticket: ticket.id, note: textOf.get(id) ?? '', isByCustomer }]] : [];
    }),
  );
}

/** Of those that are there. */
export async function holdersOf(strapi: Core.Strapi, tickets: number[]): Promise<Map<number, Holder>> {
  const { tableName } = strapi.db.metadata.get(UID.ticket);
  const assignees = linkTable(strapi, UID.ticket, 'assignee');
  const rows: { id: number; assignee: number | null; team: number | null }[] = await strapi.db
    .getConnection(`${tableName} as t`)
    .leftJoin(`${assignees.name} as a`, `a.${assignees.owner}`, 't.id')
    .whereIn('t.id', tickets)
    .select({ id: 't.id', assignee: `a.${assignees.target}`, team: 't.helpdesk_team_id' });
  const idOf = (value: number | null) => (value === null ? null : Number(value));
  return new Map(rows.map(({ id, assignee, team }) => [Number(id), { assignee: idOf(assignee), team: idOf(team) }]));
}

async function deliveriesOf(strapi: Core.Strapi, ids: number[]): Promise<Facts['deliveries']> {
  if (ids.length === 0) return new Map();
  const rows = await rowsOf(strapi, UID.delivery).findMany({
    select: ['id'],
    where: { id: { $in: ids } },
    populate: { comment: { select: ['id'], populate: { user: { select: ['id'] } } } },
  });
  return new Map(rows.flatMap(({ id, comment }) => (comment ? [[id, { comment: comment.id, author: comment.user?.id ?? null }]] : [])));
}

/** As many rows as one statement takes, with ten values each. */
const ROWS_A_STATEMENT = 80;

async function writeNotices(strapi: Core.Strapi, told: ToldPerson[]): Promise<number> {
  const choices = await choicesOf(strapi, [...new Set(told.map(({ user }) => user))]);
  const wantedBy = (channel: keyof Channels) =>
    told
      .filter(({ user, kind }) => (choices.get(user) ?? DEFAULT_CHOICES).channels[kind][channel])
      .map((one) => ({
        one,
        row: { user_id: one.user, ticket_id: one.ticket, comment_id: one.comment, kind: one.kind, by_user: one.by, at: one.at },
      }));
  const notices = wantedBy('panel').map(({ one, row }) => ({ ...row, news_id: one.news, read_at: null }));
  const emails = wantedBy('email').map(({ one, row }) => ({
    ...row,
    cause: `news ${one.news}`,
    attempts: 0,
    next_at: Date.now() + GATHER_EMAILS_MS,
  }));
  await inTransaction(strapi, async (trx) => {
    for (const some of inPieces(notices, ROWS_A_STATEMENT))
      await tableIn(strapi, trx, TABLES.notices).insert(some).onConflict(['news_id', 'user_id']).ignore();
    for (const some of inPieces(emails, ROWS_A_STATEMENT))
      await tableIn(strapi, trx, TABLES.noticeEmails).insert(some).onConflict(['cause', 'user_id']).ignore();
  });
  return notices.length;
}
