import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { ConversationSummary } from '../../../shared/api/tickets';
import { STATUS, waitsForUs } from '../../../shared/vocabulary';
import { linkTable } from '../platform/links';
import { TABLES } from '../storage/tables';
import { UID } from '../uids';

/**
 * What a list says of the conversations of its tickets. It is read for the tickets of one page, by the indexes of the join tables, so that
 * an import has nothing more to write.
 */

/** Of the newest message: more than a line shows, and what is left of it when its spaces are gone. */
const CHARACTERS_READ = 600;
const CHARACTERS_SHOWN = 140;

interface SummarisedTicket {
  id: number;
  ticketStatus: string;
}

const NOTHING: ConversationSummary = { messageCount: 0, hasFiles: false, isUnseen: false, waitingSince: null, lastMessage: null };

/** By the ids of the tickets; `user` is the administrator who looks. */
export async function summariesOf(
  strapi: Core.Strapi,
  user: number,
  tickets: SummarisedTicket[],
): Promise<Map<number, ConversationSummary>> {
  if (tickets.length === 0) return new Map();
  const counts = await countsOf(strapi, user, tickets);
  const named = [...counts.values()].flatMap(({ last, waits }) => [last, waits]).filter((id) => id !== null);
  const comments = await excerptsOf(strapi, [...new Set(named)]);
  const commentOf = (id: number | null) => (id === null ? null : (comments.get(id) ?? null));
  return new Map(
    tickets.map(({ id, ticketStatus }) => {
      const found = counts.get(id);
      if (!found) return [id, NOTHING];
      const { writtenAt = null } = (waitsForUs(ticketStatus) && commentOf(found.waits)) || {};
      const newest = commentOf(found.last);
      return [
        id,
        {
          messageCount: found.messages,
          hasFiles: found.hasFiles,
          isUnseen: ticketStatus !== STATUS.closed && (found.byCustomer ?? 0) > found.seen,
          waitingSince: writtenAt,
          lastMessage: newest && { author: newest.author, excerpt: newest.excerpt, isPublic: newest.isPublic },
        },
      ];
    }),
  );
}

/** Of a ticket: how many messages it has, and the ids of those that matter. */
interface MessageCounts {
  messages: number;
  hasFiles: boolean;
  last: number | null;
  /** The customer's last one. */
  byCustomer: number | null;
  /** The customer's first one that nobody has answered. */
  waits: number | null;
  /** The last one that the administrator has seen or written; 0: none. */
  seen: number;
}

async function countsOf(strapi: Core.Strapi, user: number, tickets: SummarisedTicket[]): Promise<Map<number, MessageCounts>> {
  const [ofTicket, ofUser, ofContact] = (['ticket', 'user', 'contact'] as const).map((name) => linkTable(strapi, UID.comment, name));
  const { tableName: commentTable } = strapi.db.metadata.get(UID.comment);
  const { tableName: attachmentTable } = strapi.db.metadata.get(UID.attachment);
  const { tableName: ticketTable } = strapi.db.metadata.get(UID.ticket);
  const comment = `l.${ofTicket.owner}`;

  /** The comments of the ticket of the row. */
  const messages = () => strapi.db.getConnection(`${ofTicket.name} as l`).whereRaw('?? = ??', [`l.${ofTicket.target}`, 't.id']);
  const isNot = (column: string) => (query: Knex.QueryBuilder) => void query.whereNull(column).orWhere(column, false);
  /** Those that people wrote for each other. */
  const said = () =>
    messages()
      .join(`${commentTable} as c`, 'c.id', comment)
      .leftJoin(`${ofUser.name} as u`, `u.${ofUser.owner}`, 'c.id')
      .where('c.is_public', true)
      .where(isNot('c.is_automatic'));
  const byCustomer = () =>
    said()
      .leftJoin(`${ofContact.name} as p`, `p.${ofContact.owner}`, 'c.id')
      .whereNull(`u.${ofUser.owner}`)
      .where(isNot('c.is_outgoing'))
      .where((query) => void query.where('c.source', 'email').orWhereNotNull(`p.${ofContact.owner}`));
  const answers = () => said().where((query) => void query.whereNotNull(`u.${ofUser.owner}`).orWhere('c.is_outgoing', true));
  const own = () => messages().join(`${ofUser.name} as u`, `u.${ofUser.owner}`, comment).where(`u.${ofUser.target}`, user);
  const files = () =>
    messages().join(`${attachmentTable} as a`, 'a.comment_id', comment).where('a.inline', false).where(isNot('a.repeated'));
  const seen = () => strapi.db.getConnection(`${TABLES.seen} as s`).whereRaw('?? = ??', ['s.ticket_id', 't.id']).where('s.user_id', user);

  const rows: Record<string, number | string | null>[] = await strapi.db
    .getConnection(`${ticketTable} as t`)
    .whereIn(
      't.id',
      tickets.map(({ id }) => id),
    )
    .select(
      't.id as id',
      messages().count('*').as('messages'),
      messages().max(comment).as('last'),
      byCustomer().max(comment).as('by_customer'),
      answers().max(comment).as('answered'),
      files().count('*').as('files'),
      seen().max('s.comment_id').as('seen'),
      own().max(comment).as('own'),
    );
  const idOf = (value: number | string | null) => (value === null ? null : Number(value));

  /** Asked by itself: within the statement above, SQLite would look for the last answer once a message. */
  const unanswered = rows.filter(({ by_customer: last, answered }) => Number(last ?? 0) > Number(answered ?? 0));
  const waiting: Record<string, number | string | null>[] =
    unanswered.length === 0
      ? []
      : await strapi.db
          .getConnection(`${ticketTable} as t`)
          .whereIn(
            't.id',
            unanswered.map(({ id }) => id),
          )
          .select(
            't.id as id',
            byCustomer()
              .whereRaw(`?? > ${lastAnswers(unanswered)}`, [comment])
              .min(comment)
              .as('waits'),
          );
  const waits = new Map(waiting.map((row) => [Number(row.id), idOf(row.waits)]));
  return new Map(
    rows.map((row) => [
      Number(row.id),
      {
        messages: Number(row.messages),
        hasFiles: Number(row.files) > 0,
        last: idOf(row.last),
        byCustomer: idOf(row.by_customer),
        waits: waits.get(Number(row.id)) ?? null,
        seen: Math.max(Number(row.seen ?? 0), Number(row.own ?? 0)),
      },
    ]),
  );
}

/** SQL for the last answer of the ticket of the row. */
const lastAnswers = (rows: Record<string, number | string | null>[]): string =>
  `(case t.id ${rows.map(({ id, answered }) => `when ${Number(id)} then ${Number(answered ?? 0)}`).join(' ')} end)`;

interface CommentSummary {
  documentId: string;
  author: string;
  isPublic: boolean;
  /** ISO 8601. */
  writtenAt: string;
  excerpt: string;
}

interface SummaryComment {
  id: number;
  document_id: string;
  author_name: string | null;
  author_address: string | null;
  is_public: boolean | number;
  created_at: string | number | Date;
  written_at: string | number | Date | null;
  excerpt: string | null;
}

/** By the ids of the comments. Texts may be long: their beginnings are enough. */
export async function excerptsOf(strapi: Core.Strapi, ids: number[]): Promise<Map<number, CommentSummary>> {
  if (ids.length === 0) return new Map();
  const { connection } = strapi.db;
  const rows = await strapi.db
    .getConnection(strapi.db.metadata.get(UID.comment).tableName)
    .whereIn('id', ids)
    .select('id', 'document_id', 'author_name', 'author_address', 'is_public', 'created_at', 'written_at')
    .select(connection.raw('substr(??, 1, ?) as excerpt', ['visible_text', CHARACTERS_READ]));
  return new Map(
    rows.map((row: SummaryComment) => [
      Number(row.id),
      {
        documentId: row.document_id,
        author: row.author_name || row.author_address || '',
        isPublic: Boolean(row.is_public),
        writtenAt: new Date(row.written_at ?? row.created_at).toISOString(),
        excerpt: oneLine(row.excerpt ?? ''),
      },
    ]),
  );
}

const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > CHARACTERS_SHOWN ? `${line.slice(0, CHARACTERS_SHOWN).replace(/[\ud800-\udbff]$/, '')}…` : line;
};
