import type { Core } from '@strapi/strapi';
import { fullName } from '../../../shared/names';
import { inPieces } from '../lib/pieces';
import { siteAttributes } from '../storage/own-types';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';

/** What a webhook is told of tickets, as they are once all of a batch is written. docs/rules-cookbook.md describes it for those who write the other program. */

export interface PersonTold {
  address: string;
  name: string;
}

interface TicketTold {
  ticket: object;
  contact: PersonTold | null;
}

const POPULATE = {
  assignee: { select: ['firstname', 'lastname'] },
  contact: { select: ['email', 'firstName', 'lastName'] },
  helpdeskStatus: { select: ['name'] },
  helpdeskTags: { select: ['name'] },
  scanner: { select: ['documentId', 'name'] },
} as const;
type ToldTicket = Row<'ticket', typeof POPULATE>;

/** By the ids of the tickets. */
export async function ticketsTold(strapi: Core.Strapi, ids: number[]): Promise<Map<number, TicketTold>> {
  const told = new Map<number, TicketTold>();
  for (const some of inPieces([...new Set(ids)])) {
    const rows = await rowsOf(strapi, UID.ticket).findMany({
      where: { id: { $in: some } },
      populate: POPULATE,
    });
    for (const row of rows) told.set(Number(row.id), { ticket: ticketOf(strapi, row), contact: contactOf(row.contact) });
  }
  return told;
}

/** What a site has added and calls private stays so; what has parts is not read here. */
const UNTOLD = ['relation', 'media', 'component', 'dynamiczone', 'password'];
const namesTold = (strapi: Core.Strapi): string[] =>
  siteAttributes(strapi, UID.ticket).flatMap(([name, { type, private: isPrivate }]) =>
    UNTOLD.includes(String(type)) || isPrivate === true ? [] : name,
  );

const ticketOf = (strapi: Core.Strapi, row: ToldTicket & Record<string, unknown>): object => ({
  id: row.documentId,
  number: row.ticketNumber,
  subject: row.title,
  status: row.ticketStatus,
  ownStatus: row.helpdeskStatus?.name ?? null,
  priority: row.priority,
  assignee: row.assignee ? fullName(row.assignee.firstname, row.assignee.lastname) : null,
  tags: row.helpdeskTags.map(({ name }) => name),
  scanner: row.scanner && { id: row.scanner.documentId, name: row.scanner.name },
  fields: Object.fromEntries(namesTold(strapi).map((name) => [name, row[name] ?? null])),
});

const contactOf = (row: ToldTicket['contact']): PersonTold | null =>
  row && { address: row.email, name: fullName(row.firstName, row.lastName) };
