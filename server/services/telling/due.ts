import type { Core } from '@strapi/strapi';
import { noteNews } from '../helpdesk/news';
import { getServiceLevels } from '../settings/settings';
import { holdName, inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { UID } from '../uids';

const TICKETS_A_ROUND = 300;

interface Due {
  ticket: number;
  at: number;
}

/** Notes as news that tickets are due soon: each once for each moment that it is due at, however many instances look. */
export async function noteWhatIsDue(strapi: Core.Strapi): Promise<void> {
  if ((await notToldYet(strapi)).length === 0) return;
  await inTransaction(strapi, async (trx) => {
    await holdName(strapi, 'what is due soon');
    const due = await notToldYet(strapi);
    for (const { ticket, at } of due)
      await tableIn(strapi, trx, TABLES.dueTold).insert({ ticket_id: ticket, due_at: at }).onConflict('ticket_id').merge(['due_at']);
    await noteNews(
      strapi,
      due.map(({ ticket }) => ({ kind: 'due', ticket })),
    );
  });
}

async function notToldYet(strapi: Core.Strapi): Promise<Due[]> {
  const { dueSoonMinutes } = await getServiceLevels(strapi);
  const now = Date.now();
  const tickets = await strapi.db.query(UID.ticket).findMany({
    select: ['id', 'dueAt'],
    where: { dueAt: { $gt: new Date(now), $lte: new Date(now + dueSoonMinutes * 60_000) } },
    orderBy: { dueAt: 'asc' },
    limit: TICKETS_A_ROUND,
  });
  const due: Due[] = tickets.map(({ id, dueAt }) => ({ ticket: Number(id), at: new Date(dueAt).getTime() }));
  if (due.length === 0) return [];
  const ids = due.map(({ ticket }) => ticket);
  const rows: { ticket_id: number; due_at: number | string }[] = await readTable(strapi, TABLES.dueTold, (table) =>
    table.whereIn('ticket_id', ids).select('ticket_id', 'due_at'),
  );
  const told = new Map(rows.map((row) => [Number(row.ticket_id), Number(row.due_at)]));
  return due.filter(({ ticket, at }) => told.get(ticket) !== at);
}
