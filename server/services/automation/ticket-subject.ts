import type { Core } from '@strapi/strapi';
import { fullName } from '../../../shared/names';
import type { Score } from '../../../shared/vocabulary';
import { newestScores } from '../helpdesk/ratings';
import { evaluate } from '../rule/evaluate';
import { compilePattern } from '../rule/pattern';
import { ticketFieldOf, type TicketSubject } from '../rule/ticket-fields';
import type { ConditionGroup } from '../rule/types';
import { rowsOf, type Found } from '../storage/rows';
import { UID } from '../uids';

/** No field of a ticket can be asked for a number of one. */
const askedOfTickets = () => ({ ticketNumberPattern: compilePattern('^$'), fieldOf: ticketFieldOf });

const SELECT = ['id', 'title', 'ticketStatus', 'priority'] as const;
const POPULATE = {
  assignee: { select: ['id', 'firstname', 'lastname', 'email'] },
  helpdeskTags: { select: ['id', 'name'] },
  helpdeskStatus: { select: ['id', 'name'] },
  helpdeskTeam: { select: ['id', 'name'] },
  scanner: { select: ['id', 'name'] },
  contact: { select: ['id', 'firstName', 'lastName', 'email'] },
} as const;
type SubjectTicket = Found<typeof UID.ticket, { select: typeof SELECT; populate: typeof POPULATE }>;

/** Which of these tickets meet the conditions at this moment. Throws a ConditionError. */
export async function meets(strapi: Core.Strapi, conditions: ConditionGroup, ids: number[]): Promise<Set<number>> {
  if (conditions.rules.length === 0 && !conditions.not) return new Set(ids);
  const rows = await rowsOf(strapi, UID.ticket).findMany({
    select: SELECT,
    where: { id: { $in: ids } },
    populate: POPULATE,
  });
  const scores = asks(conditions, 'rating') ? await newestScores(strapi, ids) : new Map<number, Score>();
  const options = askedOfTickets();
  return new Set(
    rows.filter((row) => evaluate(conditions, subjectOf(row, scores.get(Number(row.id))), options).matched).map(({ id }) => Number(id)),
  );
}

const asks = (group: ConditionGroup, field: string): boolean =>
  group.rules.some((rule) => ('rules' in rule ? asks(rule, field) : rule.field === field));

const subjectOf = (
  { title, ticketStatus, helpdeskStatus, helpdeskTeam, priority, assignee, helpdeskTags, scanner, contact }: SubjectTicket,
  score: Score | undefined,
): TicketSubject => ({
  ticketStatus,
  ownStatus: helpdeskStatus?.name ?? '',
  priority,
  team: helpdeskTeam?.name ?? '',
  rating: score ?? '',
  subject: title ?? '',
  assignee: assignee ? [fullName(assignee.firstname, assignee.lastname), assignee.email ?? ''] : [],
  tags: helpdeskTags.map(({ name }) => name),
  scanner: scanner ? [scanner.name] : [],
  contact: contact ? [fullName(contact.firstName, contact.lastName), contact.email] : [],
});
