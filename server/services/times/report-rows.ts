import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { linkTable } from '../platform/links';
import { tableIn, TABLES } from '../storage/tables';
import { UID } from '../uids';

/** The rows that a report counts: rounds and ratings, narrowed down to what was asked for and to what the reader sees. */

export interface ReportScope {
  strapi: Core.Strapi;
  trx: Knex.Transaction;
  agent: number | null;
  scanner: number | null;
  tag: number | null;
  team: number | null;
  counted: boolean;
  /** Narrows rows with a ticket_id down to what the reader sees. */
  inSight: InSight;
}

export type InSight = (rows: Knex.QueryBuilder, column: string) => Knex.QueryBuilder;

export interface Range {
  from: number;
  to: number;
}

/** What was asked for, narrowed down. Whose it is: of an answer who gave it, else whose ticket it is. */
export const rounds = (asked: ReportScope, whose: 'assignee_id' | 'answered_by' = 'assignee_id'): Knex.QueryBuilder =>
  narrowed(asked, tableIn(asked.strapi, asked.trx, `${TABLES.rounds} as r`), whose);

function narrowed({ strapi, agent, scanner, tag, team, inSight }: ReportScope, query: Knex.QueryBuilder, whose: string): Knex.QueryBuilder {
  if (agent !== null) query.where(`r.${whose}`, agent);
  if (scanner !== null) query.where('r.scanner_id', scanner);
  if (tag !== null) {
    const { name, owner, target } = linkTable(strapi, UID.ticket, 'helpdeskTags');
    whereThereIs(query, strapi.db.getConnection(name).select(owner).where(target, tag), owner);
  }
  if (team !== null) whereThereIs(query, tickets(strapi).select('id').where(TEAM_COLUMN, team), 'id');
  return inSight(query, 'r.ticket_id');
}

/** As a value, it is looked up for each row of these days. Of a set, SQLite makes a list of all tickets that there ever were, for every number. */
const whereThereIs = (query: Knex.QueryBuilder, some: Knex.QueryBuilder, column: string): void =>
  void query.whereRaw('(?) is not null', [some.whereRaw('?? = ??', [column, 'r.ticket_id']).limit(1)]);

/** The team that a ticket has now: it may have gone from one to the next. */
export const TEAM_COLUMN = 'helpdesk_team_id';
const tickets = (strapi: Core.Strapi): Knex.QueryBuilder => strapi.db.getConnection(strapi.db.metadata.get(UID.ticket).tableName);

export type Moment = 'opened_at' | 'answered_at' | 'resolved_at';
export const within = (query: Knex.QueryBuilder, moment: Moment, { from, to }: Range): Knex.QueryBuilder =>
  query.where(`r.${moment}`, '>=', from).where(`r.${moment}`, '<', to);

export async function count(query: Knex.QueryBuilder): Promise<number> {
  return Number((await query.count({ count: '*' }).first())?.count ?? 0);
}

/** What customers said on these days. Of an agent, it is the work of the person who had the ticket then. */
export function ratings(asked: ReportScope, { from, to }: Range): Knex.QueryBuilder {
  const query = tableIn(asked.strapi, asked.trx, `${TABLES.ratings} as r`).where('r.rated_at', '>=', from).where('r.rated_at', '<', to);
  return narrowed(asked, query, 'assignee_id');
}
