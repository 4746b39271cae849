import type { Core } from '@strapi/strapi';
import type { Round } from '../../../shared/api/service-levels';
import { readTable, TABLES } from '../storage/tables';

const momentOf = (value: unknown): string | null => (value === null ? null : new Date(Number(value)).toISOString());
const secondsOf = (value: unknown): number | null => (value === null ? null : Number(value));

/** How long the customer waited in each round of a ticket, oldest first; empty until it is measured. */
export async function roundsOfTicket(strapi: Core.Strapi, ticket: number): Promise<Round[]> {
  const rows: Record<string, unknown>[] = await readTable(strapi, TABLES.rounds, (table) =>
    table.where({ ticket_id: ticket }).orderBy('number').select(),
  );
  return rows.map((row) => ({
    openedAt: momentOf(row.opened_at)!,
    askedAt: momentOf(row.asked_at),
    answeredAt: momentOf(row.answered_at),
    resolvedAt: momentOf(row.resolved_at),
    firstResponseSeconds: secondsOf(row.response_s),
    firstResponseCounted: secondsOf(row.response_counted_s),
    resolutionSeconds: secondsOf(row.resolution_s),
    resolutionCounted: secondsOf(row.resolution_counted_s),
    firstResponseDue: momentOf(row.response_due),
    resolutionDue: momentOf(row.resolution_due),
  }));
}
