import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { inPieces } from '../lib/pieces';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';

/** What administrators were told, as far as tickets and comments change beneath it. Who is told what: telling/. */

/** Notices of messages go where those have gone; of a whole ticket, all of them. */
export async function moveNotices(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  move: { from: number; to: number; comment?: number },
): Promise<void> {
  const { from, to, comment } = move;
  for (const table of [TABLES.notices, TABLES.noticeEmails] as const) {
    const notices = tableIn(strapi, trx, table).where({ ticket_id: from });
    await (comment === undefined ? notices : notices.andWhere({ comment_id: comment })).update({ ticket_id: to });
  }
}

/**
 * Of tickets that are deleted: who was told, and who followed them. The news stay: whoever tells them, by itself and at this very moment
 * perhaps, finds that the ticket is gone and takes them away. To take them here would be to meet that work, and MariaDB then undoes a
 * deletion that the Content Manager has begun, and that nobody here can do again.
 */
export async function forgetTelling(strapi: Core.Strapi, tickets: number[]): Promise<void> {
  for (const some of inPieces(tickets))
    await inTransaction(strapi, async (trx) => {
      for (const table of [
        TABLES.notices,
        TABLES.noticeEmails,
        TABLES.followers,
        TABLES.muted,
        TABLES.dueTold,
        TABLES.webhookCalls,
      ] as const)
        await tableIn(strapi, trx, table).whereIn('ticket_id', some).delete();
    });
}

/** Of comments that are deleted. */
export async function forgetNoticesOf(strapi: Core.Strapi, comments: number[]): Promise<void> {
  for (const some of inPieces(comments))
    await inTransaction(strapi, async (trx) => {
      for (const table of [TABLES.notices, TABLES.noticeEmails] as const)
        await tableIn(strapi, trx, table).whereIn('comment_id', some).delete();
    });
}

/** The number of the ticket that the email with this mark told the administrator with this address of; null for none, or for several. */
export async function ticketToldBy(strapi: Core.Strapi, mark: string, address: string): Promise<string | null> {
  const user: { id: number } | null = await strapi.db
    .query('admin::user')
    .findOne({ select: ['id'], where: { email: { $eqi: address }, isActive: true, blocked: { $not: true } } });
  if (user === null) return null;
  const told: { ticket_id: number | null }[] = await readTable(strapi, TABLES.noticeEmails, (table) =>
    table.where({ user_id: user.id, mark }).distinct('ticket_id').limit(2),
  );
  const [only, ...others] = told.map(({ ticket_id: ticket }) => ticket);
  if (only === undefined || only === null || others.length > 0) return null;
  const [ticket] = await rowsOf(strapi, UID.ticket).findMany({ select: ['ticketNumber'], where: { id: only } });
  return ticket?.ticketNumber ?? null;
}
