import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { Rating, Score } from '../../../shared/api/tickets';
import { inPieces } from '../lib/pieces';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { rowsOf, type Found } from '../storage/rows';
import { UID } from '../uids';
import { noteActivities } from './activity';
import { noteNews } from './news';
import { markUnmeasured } from './unmeasured';

/** How content customers were with a ticket: one answer for each email that asked. */

/** For so long an answer can be changed. */
const CHANGEABLE_MS = 7 * 24 * 3_600_000;

export interface Rated {
  score: Score;
  comment: string;
}

interface RatingRow {
  delivery_id: number;
  score: Score;
  comment: string | null;
  rated_at: number | string;
}

/** What was answered to that email, and whether it can still be changed; null: nothing yet. */
export async function answerTo(strapi: Core.Strapi, delivery: number): Promise<(Rated & { isFinal: boolean }) | null> {
  const row: RatingRow | undefined = await readTable(strapi, TABLES.ratings, (table) => table.where({ delivery_id: delivery }).first());
  return row ? { score: row.score, comment: row.comment ?? '', isFinal: isFinal(row) } : null;
}

const isFinal = ({ rated_at: at }: RatingRow): boolean => Date.now() - Number(at) > CHANGEABLE_MS;

/** The ticket of an email that asked, as `emailOfLink` reads it. */
interface RatedTicket {
  id: number;
  contact?: { id: number } | null;
  assignee?: { id: number } | null;
  scanner?: { id: number } | null;
}

/**
 * Notes the answer to an email, or another one in its place. False when it cannot be changed any more. Who has the ticket at the first answer is
 * whose work was rated.
 */
export function rate(
  strapi: Core.Strapi,
  { delivery, ticket }: { delivery: number; ticket: RatedTicket },
  { score, comment }: Rated,
): Promise<boolean> {
  return inTransaction(strapi, async (trx) => {
    const table = () => tableIn(strapi, trx, TABLES.ratings);
    const now = Date.now();
    const { contact, assignee, scanner } = ticket;
    const whose = { contact_id: contact?.id ?? null, assignee_id: assignee?.id ?? null, scanner_id: scanner?.id ?? null };
    const row = { delivery_id: delivery, ticket_id: ticket.id, ...whose, score, comment: comment || null, rated_at: now };
    const before: RatingRow | undefined = await table().where({ delivery_id: delivery }).forUpdate().first();
    if (before && isFinal(before)) return false;
    if (before?.score === score && (before.comment ?? '') === comment) return true;
    // Of two that come at the same moment, the later one counts.
    await table().insert(row).onConflict('delivery_id').merge(['score', 'comment']);
    await noteActivities(strapi, [{ ticket: ticket.id, kind: 'rated', detail: { score } }], { kind: 'system', name: '' });
    await noteNews(strapi, [{ kind: 'rated', ticket: ticket.id, record: delivery }]);
    await markUnmeasured(strapi, [ticket.id]);
    return true;
  });
}

/** The newest of a ticket. */
export async function ratingOf(strapi: Core.Strapi, ticket: number): Promise<Rating | null> {
  const [newest] = await ratingsOf(strapi, ticket);
  return newest ?? null;
}

/** All of a ticket, newest first; of one contact alone, where one is given. */
export async function ratingsOf(strapi: Core.Strapi, ticket: number, contact?: number): Promise<Rating[]> {
  const rows: RatingRow[] = await readTable(strapi, TABLES.ratings, (table) =>
    table
      .where({ ticket_id: ticket, ...(contact === undefined ? {} : { contact_id: contact }) })
      .orderBy('rated_at', 'desc')
      .select(),
  );
  return rows.map(({ score, comment, rated_at: at }) => ({ score, comment, ratedAt: new Date(Number(at)).toISOString() }));
}

/** The newest of each of these tickets that has one. */
export async function newestScores(strapi: Core.Strapi, tickets: number[]): Promise<Map<number, Score>> {
  const rows: (Pick<RatingRow, 'score'> & { ticket_id: number })[] = await readTable(strapi, TABLES.ratings, (table) =>
    table.whereIn('ticket_id', tickets).orderBy('rated_at').select('ticket_id', 'score'),
  );
  return new Map(rows.map(({ ticket_id: ticket, score }) => [Number(ticket), score]));
}

/** What is asked of tickets whose newest answer is that. */
export function whereRated(strapi: Core.Strapi, score: Score): object {
  const newer = strapi.db
    .getConnection(`${TABLES.ratings} as n`)
    .select('n.ticket_id')
    .whereRaw('?? = ?? and ?? > ??', ['n.ticket_id', 'r.ticket_id', 'n.rated_at', 'r.rated_at']);
  return {
    id: { $in: strapi.db.getConnection(`${TABLES.ratings} as r`).select('r.ticket_id').where('r.score', score).whereNotExists(newer) },
  };
}

/** Those of a ticket that is merged go where all of it goes. */
export async function moveRatings(strapi: Core.Strapi, trx: Knex.Transaction, from: number, to: number): Promise<void> {
  await tableIn(strapi, trx, TABLES.ratings).where({ ticket_id: from }).update({ ticket_id: to });
}

/** What is kept about tickets that are gone: answers, and that somebody is still to be asked. */
export async function forgetRatings(strapi: Core.Strapi, tickets: number[]): Promise<void> {
  for (const some of inPieces(tickets))
    await inTransaction(strapi, async (trx) => {
      for (const name of [TABLES.ratings, TABLES.asks]) await tableIn(strapi, trx, name).whereIn('ticket_id', some).delete();
    });
}

/** Those of a contact who is merged. */
export async function moveRatingsBy(strapi: Core.Strapi, trx: Knex.Transaction, from: number, to: number): Promise<void> {
  await tableIn(strapi, trx, TABLES.ratings).where({ contact_id: from }).update({ contact_id: to });
}

/** The answers of a contact who is forgotten. */
export async function forgetRatingsBy(strapi: Core.Strapi, contact: number): Promise<void> {
  await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.ratings).where({ contact_id: contact }).delete());
}

const TICKET_OF_LINK = {
  select: ['id', 'title', 'ticketNumber'],
  populate: { contact: { select: ['id', 'language'] }, assignee: { select: ['id'] }, scanner: { select: ['id'] } },
} as const;

/** An email that asked its customer. */
export interface AskingEmail {
  id: number;
  ticket: Found<typeof UID.ticket, typeof TICKET_OF_LINK>;
}

/** The email that a link of a customer came with; null when it is gone, or another one. */
export async function emailOfLink(
  strapi: Core.Strapi,
  { delivery, isOf }: { delivery: number; isOf(messageId: string): boolean },
): Promise<AskingEmail | null> {
  const row = await rowsOf(strapi, UID.delivery).findOne({
    select: ['id', 'messageId'],
    where: { id: delivery },
    populate: { ticket: TICKET_OF_LINK },
  });
  return row?.ticket && isOf(row.messageId) ? { id: row.id, ticket: row.ticket } : null;
}
