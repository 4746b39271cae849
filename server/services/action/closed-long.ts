import type { Ticket } from '../helpdesk/desk-records';
import { isWrittenByMachine } from '../message/reading/machines/written-by-machine';
import { takesPart, type Match } from './find-ticket';
import type { ActionContext } from './types';
import { STATUS } from '../../../shared/vocabulary';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Of a ticket that was closed more than `days` ago, the one that its contact has opened since; else none, so that a new one is opened, which
 * refers to it. Null: however long ago. Our own emails and those of machines stay where they belong.
 */
export async function withoutLongClosed(context: ActionContext, days: number | null, match: Match): Promise<Match> {
  const { desk, contact, isOurs, message } = context;
  if (!match.ticket || days === null || isOurs || isWrittenByMachine(message)) return match;
  const date = new Date(desk.now.getTime() - days * DAY_MS);
  const passed = new Set<Ticket>();
  let { ticket } = match;
  while (ticket.ticketStatus === STATUS.closed && !passed.has(ticket) && (await desk.wasClosedBefore(ticket, date))) {
    passed.add(ticket);
    const next: Ticket | null = contact && (await desk.successorOf(ticket, contact));
    if (!next || !takesPart(context, next)) return { ticket: null, matchedBy: 'new', related: ticket, why: 'closedLong' };
    ticket = next;
  }
  return { ...match, ticket };
}
