import type { Core } from '@strapi/strapi';
import { inPieces } from '../lib/pieces';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';

/** Who follows which ticket, by their ids. Who may not see a ticket is told nothing of it, follow it or not: see telling/. */

export interface Follower {
  user: number;
  ticket: number;
}

export async function follow(strapi: Core.Strapi, followers: Follower[]): Promise<void> {
  const rows = followers.map(({ user, ticket }) => ({ user_id: user, ticket_id: ticket }));
  for (const some of inPieces(rows))
    await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.followers).insert(some).onConflict(['user_id', 'ticket_id']).ignore());
}

export async function unfollow(strapi: Core.Strapi, { user, ticket }: Follower): Promise<void> {
  await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.followers).where({ user_id: user, ticket_id: ticket }).delete());
}

export async function followersOf(strapi: Core.Strapi, tickets: number[]): Promise<Follower[]> {
  const rows: { user_id: number; ticket_id: number }[] = await readTable(strapi, TABLES.followers, (table) =>
    table.whereIn('ticket_id', tickets).orderBy('user_id').select('user_id', 'ticket_id'),
  );
  return rows.map(({ user_id: user, ticket_id: ticket }) => ({ user, ticket }));
}

/** The ids of the tickets that this administrator follows, the newest first, up to this many. */
export async function followedBy(strapi: Core.Strapi, user: number, limit: number): Promise<number[]> {
  const rows: { ticket_id: number }[] = await readTable(strapi, TABLES.followers, (table) =>
    table.where({ user_id: user }).orderBy('ticket_id', 'desc').limit(limit).select('ticket_id'),
  );
  return rows.map(({ ticket_id: ticket }) => ticket);
}

/** Who follows the one ticket follows the other one as well. */
export async function passFollowersOn(strapi: Core.Strapi, from: number, to: number): Promise<void> {
  const followers = await followersOf(strapi, [from]);
  await follow(
    strapi,
    followers.map(({ user }) => ({ user, ticket: to })),
  );
}

/** Whether this administrator is told no more of the ticket. */
export async function mute(strapi: Core.Strapi, { user, ticket }: Follower, isMuted: boolean): Promise<void> {
  const row = { user_id: user, ticket_id: ticket };
  await inTransaction(strapi, async (trx) => {
    const muted = tableIn(strapi, trx, TABLES.muted);
    if (isMuted) await muted.insert(row).onConflict(['user_id', 'ticket_id']).ignore();
    else await muted.where(row).delete();
  });
}

/** Who is told no more of these tickets. */
export async function mutedBy(strapi: Core.Strapi, tickets: number[]): Promise<Follower[]> {
  const rows: { user_id: number; ticket_id: number }[] = await readTable(strapi, TABLES.muted, (table) =>
    table.whereIn('ticket_id', tickets).select('user_id', 'ticket_id'),
  );
  return rows.map(({ user_id: user, ticket_id: ticket }) => ({ user, ticket }));
}
