import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { inPieces } from '../lib/pieces';
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
const lastMessages = (strapi: Core.Strapi, viewer: Viewer, relation: Relation): Knex.QueryBuilder =>
  ticketsByPerson(strapi, viewer, relation).max({ at: 't.last_activity_at' });

/** As many of the latest tickets say whose they are. */
const LATEST_TICKETS = 2_000;

/** For a list by when somebody last wrote: to look at all tickets there are takes seconds. */
export const byLastMessage = (strapi: Core.Strapi, viewer: Viewer, relation: Relation) => ({
  all: () => lastMessages(strapi, viewer, relation),
  async first(): Promise<number[]> {
    const { name, owner, target } = linkTable(strapi, UID.ticket, relation);
    const tickets = strapi.db.getConnection(`${strapi.db.metadata.get(UID.ticket).tableName} as t`);
    const latest: { id: number }[] = await andVisible(strapi, viewer, tickets, 't.id')
      .whereNotNull('t.last_activity_at')
      .orderBy([
        { column: 't.last_activity_at', order: 'desc' },
        { column: 't.id', order: 'desc' },
      ])
      .limit(LATEST_TICKETS)
      .select('t.id');
    const people = new Map<number, number>();
    const ids = latest.map(({ id }) => Number(id));
    for (const some of inPieces(ids, 100))
      for (const link of await strapi.db.getConnection(name).whereIn(owner, some).select(owner, target))
        people.set(Number(link[owner]), Number(link[target]));
    return [...new Set(ids.flatMap((id) => people.get(id) ?? []))];
  },
});

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
