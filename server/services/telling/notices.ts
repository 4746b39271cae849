import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { NewsCount, Notice, ReadChange } from '../../../shared/api/notices';
import type { Pagination } from '../../../shared/api/pagination';
import type { NoticeKind } from '../../../shared/vocabulary';
import { linkTable } from '../platform/links';
import type { Page } from '../storage/pages';
import { inTransaction, tableIn, TABLES } from '../storage/tables';
import { rowsOf, type AdminRow } from '../storage/rows';
import { UID } from '../uids';
import { andVisible, type Viewer } from '../inbox/viewer';
import { excerptsOf } from '../inbox/conversation-summaries';
import { nameOf } from './mentions';

/** The notices of one administrator. What they may not see any more is not among them. */

const MOST_EXACT = 1_000;

/** All of them that this viewer sees. */
const noticesOf = (strapi: Core.Strapi, trx: Knex.Transaction, viewer: Viewer): Knex.QueryBuilder =>
  andVisible(strapi, viewer, tableIn(strapi, trx, TABLES.notices).where({ user_id: viewer.id }), 'ticket_id');

export const countUnread = (strapi: Core.Strapi, viewer: Viewer, ticket?: number): Promise<number> =>
  inTransaction(strapi, async (trx) => {
    const unread = noticesOf(strapi, trx, viewer).whereNull('read_at');
    const rows: { id: number }[] = await (ticket === undefined ? unread : unread.where({ ticket_id: ticket }))
      .limit(MOST_EXACT)
      .select('id');
    return rows.length;
  });

/** Asked for every two seconds by each window: three looks into an index. */
export async function newsCount(strapi: Core.Strapi, viewer: Viewer): Promise<NewsCount> {
  const unread = await countUnread(strapi, viewer);
  return inTransaction(strapi, async (trx) => {
    const comments = () => tableIn(strapi, trx, strapi.db.metadata.get(UID.comment).tableName);
    const highest = async (query: Knex.QueryBuilder): Promise<number> => Number((await query.max({ id: 'id' }).first())?.id ?? 0);
    return {
      unread,
      lastNotice: await highest(tableIn(strapi, trx, TABLES.notices).where({ user_id: viewer.id })),
      // Of a message on another's ticket, who sees their own alone is not told even that there is one.
      lastMessage: viewer.seesAll ? await highest(comments()) : viewer.teams ? await newestInSight(strapi, trx, viewer) : 0,
    };
  });
}

/** Of the newest messages alone: it is asked for every two seconds, and most of a site's may be out of sight. */
const NEWEST = 200;

async function newestInSight(strapi: Core.Strapi, trx: Knex.Transaction, viewer: Viewer): Promise<number> {
  const comments = tableIn(strapi, trx, strapi.db.metadata.get(UID.comment).tableName);
  const newest: { id: number }[] = await comments.orderBy('id', 'desc').limit(NEWEST).select('id');
  const { name, owner, target } = linkTable(strapi, UID.comment, 'ticket');
  const ids = newest.map(({ id }) => id);
  const seen = andVisible(strapi, viewer, tableIn(strapi, trx, `${name} as l`).whereIn(`l.${owner}`, ids), `l.${target}`);
  return Number((await seen.max({ id: `l.${owner}` }).first())?.id ?? 0);
}

/** Newest first. */
export async function listNotices(
  strapi: Core.Strapi,
  viewer: Viewer,
  { page, pageSize }: Page,
  onlyUnread: boolean,
): Promise<{ data: Notice[]; meta: { pagination: Pagination } }> {
  const { rows, total } = await inTransaction(strapi, async (trx) => {
    const some = () => noticesOf(strapi, trx, viewer).modify((query) => void (onlyUnread && query.whereNull('read_at')));
    const [{ count }] = (await some().count({ count: '*' })) as { count: number | string }[];
    return {
      total: Number(count),
      rows: await some()
        .orderBy('id', 'desc')
        .offset((page - 1) * pageSize)
        .limit(pageSize)
        .select(),
    };
  });
  return {
    data: await presentNotices(strapi, rows),
    meta: { pagination: { page, pageSize, pageCount: Math.ceil(total / pageSize), total } },
  };
}

interface NoticeRow {
  id: number | string;
  kind: string;
  at: number | string;
  read_at: number | string | null;
  ticket_id: number | null;
  comment_id: number | null;
  by_user: number | null;
}

/** Rows with what they point at. Nothing of a message is kept with them: what is erased there is gone here. */
export async function presentNotices(strapi: Core.Strapi, rows: NoticeRow[]): Promise<Notice[]> {
  const ids = (name: 'ticket_id' | 'by_user' | 'comment_id'): number[] => [
    ...new Set(rows.flatMap((row) => (row[name] === null ? [] : [Number(row[name])]))),
  ];
  const ticketIds = ids('ticket_id');
  const userIds = ids('by_user');
  const tickets = new Map(
    (ticketIds.length === 0
      ? []
      : await rowsOf(strapi, UID.ticket).findMany({
          select: ['id', 'documentId', 'ticketNumber', 'title'],
          where: { id: { $in: ticketIds } },
        })
    ).map((row) => [Number(row.id), row]),
  );
  const users = new Map<number, AdminRow>(
    (userIds.length === 0
      ? []
      : await strapi.db.query('admin::user').findMany({ select: ['id', 'firstname', 'lastname'], where: { id: { $in: userIds } } })
    ).map((row) => [Number(row.id), row]),
  );
  const comments = await excerptsOf(strapi, ids('comment_id'));
  return rows.flatMap((row) => {
    const ticket = tickets.get(Number(row.ticket_id));
    const comment = row.comment_id === null ? undefined : comments.get(Number(row.comment_id));
    const user = row.by_user === null ? undefined : users.get(Number(row.by_user));
    if (!ticket) return [];
    const { documentId, ticketNumber, title } = ticket;
    return [
      {
        id: Number(row.id),
        kind: row.kind as NoticeKind,
        at: new Date(Number(row.at)).toISOString(),
        isRead: row.read_at !== null,
        ticket: { documentId, ticketNumber, title },
        comment: comment?.documentId ?? null,
        by: (user && nameOf(user)) || (row.kind === 'deliveryFailed' ? null : comment?.author) || null,
        excerpt: comment?.excerpt || null,
      },
    ];
  });
}

/** Notes what this administrator has read, or not; of a ticket by its id.  */
export async function noteRead(
  strapi: Core.Strapi,
  viewer: Viewer,
  { ids, isRead = true }: Pick<ReadChange, 'ids' | 'isRead'>,
  ticket: number | undefined,
): Promise<void> {
  await inTransaction(strapi, (trx) => {
    const notices = tableIn(strapi, trx, TABLES.notices).where({ user_id: viewer.id });
    if (ids) notices.whereIn('id', ids);
    if (ticket !== undefined) notices.where({ ticket_id: ticket });
    return isRead
      ? notices.whereNull('read_at').update({ read_at: Date.now() })
      : notices.whereNotNull('read_at').update({ read_at: null });
  });
}
