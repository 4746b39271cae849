import type { Core } from '@strapi/strapi';
import { pointsAt } from '../storage/links';
import { UID } from '../uids';
import { ticketCounts, type TicketCount } from './ticket-counts';
import { whereTicketVisible, type Viewer } from './viewer';

/** The lists that the inbox offers, and what each of them asks of a ticket. `user` is the administrator who looks. */
export const TICKET_VIEWS = ['mine', 'unassigned', 'open', 'waiting', 'all', 'closed'] as const;
export type TicketView = (typeof TICKET_VIEWS)[number];

interface View {
  /** What the database is asked. */
  where(strapi: Core.Strapi, user: number): object;
  /** The same for tickets that are counted already. */
  counts(ticket: TicketCount, user: number): boolean;
}

const NOT_CLOSED = { ticketStatus: { $ne: 'Closed' } };

const VIEWS: Record<TicketView, View> = {
  mine: {
    where: (strapi, user) => ({ ...NOT_CLOSED, ...pointsAt(strapi, UID.ticket, 'assignee', user) }),
    counts: ({ status, assignee }, user) => status !== 'Closed' && assignee === user,
  },
  unassigned: {
    where: () => ({ ...NOT_CLOSED, assignee: { id: { $null: true } } }),
    counts: ({ status, assignee }) => status !== 'Closed' && assignee === null,
  },
  open: {
    where: () => ({ ticketStatus: { $in: ['Open', 'In Progress'] } }),
    counts: ({ status }) => status === 'Open' || status === 'In Progress',
  },
  waiting: { where: () => ({ ticketStatus: 'Wait For Response' }), counts: ({ status }) => status === 'Wait For Response' },
  all: { where: () => ({}), counts: () => true },
  closed: { where: () => ({ ticketStatus: 'Closed' }), counts: ({ status }) => status === 'Closed' },
};

export const whereOfView = (strapi: Core.Strapi, view: TicketView, user: number): object => VIEWS[view].where(strapi, user);

export interface HelpdeskSummary {
  /** Tickets in each view. */
  views: Record<TicketView, number>;
  /** Open tickets that nobody has, or that are this administrator's: what waits for an answer. */
  toAnswer: number;
  failedDeliveries: number;
  /** Active scanners whose last scan ended with an error. */
  unhealthyScanners: number;
}

/** The numbers beside the views, in the menu and on the home page. What other instances have changed shows within ten seconds. */
export async function helpdeskSummary(strapi: Core.Strapi, viewer: Viewer): Promise<HelpdeskSummary> {
  const user = viewer.id;
  const visible = (await ticketCounts(strapi)).filter(({ assignee }) => viewer.seesAll || assignee === user);
  const tickets = (belongs: (ticket: TicketCount) => boolean) => visible.filter(belongs).reduce((sum, { count }) => sum + count, 0);
  return {
    views: Object.fromEntries(
      TICKET_VIEWS.map((view) => [view, tickets((ticket) => VIEWS[view].counts(ticket, user))]),
    ) as HelpdeskSummary['views'],
    toAnswer: tickets(({ status, assignee }) => status === 'Open' && (assignee === user || assignee === null)),
    failedDeliveries: await strapi.db.query(UID.delivery).count({ where: { state: 'failed', ...whereTicketVisible(strapi, viewer) } }),
    unhealthyScanners: await strapi.db.query(UID.scanner).count({ where: { active: true, failingSince: { $notNull: true } } }),
  };
}
