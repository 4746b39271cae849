import type { Core } from '@strapi/strapi';
import { fullName } from '../../../shared/names';
import type { Score } from '../../../shared/vocabulary';
import { newestScores } from '../helpdesk/ratings';
import { evaluate } from '../rule/evaluate';
import { compilePattern } from '../rule/pattern';
import { ticketFieldOf, type TicketSubject } from '../rule/ticket-fields';
import type { ConditionGroup } from '../rule/types';
import { UID } from '../uids';

/** No field of a ticket can be asked for a number of one. */
const OPTIONS = { ticketNumberPattern: compilePattern('^$'), fieldOf: ticketFieldOf };

/** Which of these tickets meet the conditions at this moment. Throws a ConditionError. */
export async function meets(strapi: Core.Strapi, conditions: ConditionGroup, ids: number[]): Promise<Set<number>> {
  if (conditions.rules.length === 0 && !conditions.not) return new Set(ids);
  const person = { select: ['id', 'firstname', 'lastname', 'email'] };
  const rows = await strapi.db.query(UID.ticket).findMany({
    select: ['id', 'title', 'ticketStatus', 'priority'],
    where: { id: { $in: ids } },
    populate: {
      assignee: person,
      helpdeskTags: { select: ['id', 'name'] },
      helpdeskStatus: { select: ['id', 'name'] },
      helpdeskTeam: { select: ['id', 'name'] },
      scanner: { select: ['id', 'name'] },
      contact: { select: ['id', 'firstName', 'lastName', 'email'] },
    },
  });
  const scores = asks(conditions, 'rating') ? await newestScores(strapi, ids) : new Map<number, Score>();
  return new Set(
    rows.filter((row) => evaluate(conditions, subjectOf(row, scores.get(Number(row.id))), OPTIONS).matched).map(({ id }) => Number(id)),
  );
}

const asks = (group: ConditionGroup, field: string): boolean =>
  group.rules.some((rule) => ('rules' in rule ? asks(rule, field) : rule.field === field));

const subjectOf = (
  { title, ticketStatus, helpdeskStatus, helpdeskTeam, priority, assignee, helpdeskTags, scanner, contact }: any,
  score: Score | undefined,
): TicketSubject => ({
  ticketStatus,
  ownStatus: helpdeskStatus?.name ?? '',
  priority,
  team: helpdeskTeam?.name ?? '',
  rating: score ?? '',
  subject: title ?? '',
  assignee: assignee ? [fullName(assignee.firstname, assignee.lastname), assignee.email] : [],
  tags: (helpdeskTags ?? []).map(({ name }: { name: string }) => name),
  scanner: scanner ? [scanner.name] : [],
  contact: contact ? [fullName(contact.firstName, contact.lastName), contact.email] : [],
});
