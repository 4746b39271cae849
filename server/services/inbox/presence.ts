import type { Agent } from '../../../shared/api/tickets';
import type { Core } from '@strapi/strapi';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { agentFor, USER_ATTRIBUTES } from './agents';
import type { Viewer } from './viewer';

/**
 * Who is answering a ticket just now, told to whoever else looks at it. A row that lives for seconds in the table of leases, which every
 * instance reads: nobody has to say that they have left.
 */

/** Two beats of the panel may be lost. */
const LIVES_MS = 30_000;

const PREFIX = 'answering:';
const nameOf = (ticket: string, user: number | string): string => `${PREFIX}${ticket}:${user}`;

/** Notes that this administrator writes on the ticket, until half a minute from now. */
export async function noteAnswering(strapi: Core.Strapi, ticket: string, user: number): Promise<void> {
  const row = { name: nameOf(ticket, user), owner: String(user), until: Date.now() + LIVES_MS };
  await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.leases).insert(row).onConflict('name').merge(['until']));
  await forgetExpired(strapi);
}

/** What ends later than any note that is made now was made before the clock went back. */
const shown = (): [number, number] => [Date.now(), Date.now() + 2 * LIVES_MS];

/** Row by row and by their names, so that no database locks a range in which somebody else is writing. */
async function forgetExpired(strapi: Core.Strapi): Promise<void> {
  const expired: { name: string }[] = await readTable(strapi, TABLES.leases, (table) =>
    table.where('name', 'like', `${PREFIX}%`).whereNotBetween('until', shown()).select('name'),
  );
  for (const { name } of expired)
    await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.leases).where({ name }).whereNotBetween('until', shown()).delete());
}

export async function noteStopped(strapi: Core.Strapi, ticket: string, user: number): Promise<void> {
  await inTransaction(strapi, (trx) =>
    tableIn(strapi, trx, TABLES.leases)
      .where({ name: nameOf(ticket, user) })
      .delete(),
  );
}

/** The other administrators who write on the ticket just now. */
export async function othersAnswering(strapi: Core.Strapi, ticket: string, viewer: Viewer): Promise<object[]> {
  const rows: { owner: string }[] = await readTable(strapi, TABLES.leases, (table) =>
    table.where('name', 'like', nameOf(ticket, '%')).whereBetween('until', shown()).select('owner'),
  );
  const others = rows.map(({ owner }) => Number(owner)).filter((id) => id !== viewer.id);
  if (others.length === 0) return [];
  const users: Agent[] = await strapi.db
    .query('admin::user')
    .findMany({ ...USER_ATTRIBUTES, where: { id: { $in: others } }, orderBy: { id: 'asc' } });
  return users.map((user) => agentFor(viewer, user)!);
}
