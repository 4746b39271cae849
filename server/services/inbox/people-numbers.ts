import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { linkTable } from '../platform/links';
import { UID } from '../uids';
import { andVisible, type Viewer } from './viewer';
import { STATUS } from '../../../shared/vocabulary';

/** What the lists of contacts and accounts say of their tickets: of those alone that the viewer sees. */

export interface TicketNumbers {
  openTickets: number;
  /** ISO 8601; null where there is no ticket. */
  lastMessageAt: string | null;
}

type Relation = 'contact' | 'account';

const NONE: TicketNumbers = { openTickets: 0, lastMessageAt: null };

/** When somebody last wrote to a ticket of each: `id` and `at`, for the order of a list. */
export const lastMessages = (strapi: Core.Strapi, viewer: Viewer, relation: Relation): Knex.QueryBuilder =>
  ticketsByPerson(strapi, viewer, relation).max({ at: 't.last_activity_at' });

/** The rows with their numbers, read for a page by one statement. */
export async function withNumbers<R extends { id: number }>(
  strapi: Core.Strapi,
  viewer: Viewer,
  relation: Relation,
  rows: R[],
): Promise<(R & TicketNumbers)[]> {
  const ids = rows.map(({ id }) => id);
  const isOpen = strapi.db.connection.raw('sum(case when ?? <> ? then 1 else 0 end) as open_tickets', ['t.ticket_status', STATUS.closed]);
  const found: { id: number; at: string | number | Date | null; open_tickets: number | string }[] =
    ids.length === 0
      ? []
      : await lastMessages(strapi, viewer, relation)
          .select(isOpen)
          .whereIn(`l.${linkTable(strapi, UID.ticket, relation).target}`, ids);
  const numbers = new Map(
    found.map(({ id, at, open_tickets: open }) => [
      Number(id),
      { openTickets: Number(open), lastMessageAt: at === null ? null : new Date(at).toISOString() },
    ]),
  );
  return rows.map((row) => ({ ...row, ...(numbers.get(row.id) ?? NONE) }));
}

/** The join tables alone know whose a ticket is. */
function ticketsByPerson(strapi: Core.Strapi, viewer: Viewer, relation: Relation): Knex.QueryBuilder {
  const { name, owner, target } = linkTable(strapi, UID.ticket, relation);
  const query = strapi.db
    .getConnection(`${name} as l`)
    .join(`${strapi.db.metadata.get(UID.ticket).tableName} as t`, 't.id', `l.${owner}`)
    .groupBy(`l.${target}`)
    .select(`l.${target} as id`);
  return andVisible(strapi, viewer, query, 't.id');
}
