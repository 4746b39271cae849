import type { HelpdeskSummary } from '../../../shared/api/tickets';
import type { Core } from '@strapi/strapi';
import { whereAsleep } from '../helpdesk/snooze';
import { openStatuses } from '../helpdesk/statuses';
import { UID } from '../uids';
import { countOfAbsent } from './absent-tickets';
import { ticketCounts, type TicketCount } from './ticket-counts';
import { sees, whereTicketVisible, type Viewer } from './viewer';
import { STATUS, VIEWS, waitsForUs, type TicketView } from '../../../shared/vocabulary';

/** What each list of the inbox asks of a ticket. `user` is the administrator who looks. */
interface View {
  /** What the database is asked. */
  where(strapi: Core.Strapi): object;
  /** It has the tickets alone that the administrator is assigned to. */
  ofOwn?: true;
  /** It has those tickets alone that nobody is assigned to. */
  ofNobody?: true;
  /** It has no ticket that is put off. */
  withoutAsleep?: true;
  /** The same for tickets that are counted already. */
  counts(ticket: TicketCount, user: number): boolean;
}

const whereNotClosed = (strapi: Core.Strapi) => ({ ticketStatus: { $in: openStatuses(strapi) } });

/** What is put off stands in its own view, in that of all, and where it is searched for. */
const QUESTIONS: Record<TicketView, View> = {
  mine: {
    where: whereNotClosed,
    ofOwn: true,
    withoutAsleep: true,
    counts: ({ status, assignee, asleep }, user) => status !== STATUS.closed && assignee === user && !asleep,
  },
  unassigned: {
    where: whereNotClosed,
    ofNobody: true,
    withoutAsleep: true,
    counts: ({ status, assignee, asleep }) => status !== STATUS.closed && assignee === null && !asleep,
  },
  // Who is absent changes from day to day: it is asked and counted by itself (absent-tickets.ts).
  absent: { where: () => ({}), withoutAsleep: true, counts: () => false },
  open: {
    where: () => ({ ticketStatus: { $in: [STATUS.open, STATUS.inProgress] } }),
    withoutAsleep: true,
    counts: ({ status, asleep }) => waitsForUs(status) && !asleep,
  },
  waiting: {
    where: () => ({ ticketStatus: STATUS.waiting }),
    withoutAsleep: true,
    counts: ({ status, asleep }) => status === STATUS.waiting && !asleep,
  },
  snoozed: { where: whereAsleep, counts: ({ asleep }) => asleep },
  all: { where: () => ({}), counts: () => true },
  closed: { where: () => ({ ticketStatus: STATUS.closed }), counts: ({ status }) => status === STATUS.closed },
};

export const whereOfView = (strapi: Core.Strapi, view: TicketView): object => QUESTIONS[view].where(strapi);
export const isWithoutAsleep = (view: TicketView): boolean => QUESTIONS[view].withoutAsleep === true;
export const isOfOwn = (view: TicketView): boolean => QUESTIONS[view].ofOwn === true;
export const isOfNobody = (view: TicketView): boolean => QUESTIONS[view].ofNobody === true;

/** Whether tickets that are counted already stand in the view of this administrator. */
export const isCountedIn = (view: TicketView, ticket: TicketCount, user: number): boolean => QUESTIONS[view].counts(ticket, user);

/** How many tickets of a view somebody sees, as counted for the numbers beside the views. */
export async function countOfView(strapi: Core.Strapi, view: TicketView, viewer: Viewer): Promise<number> {
  const belonging = (await ticketCounts(strapi)).filter((ticket) => QUESTIONS[view].counts(ticket, viewer.id));
  return belonging.reduce((sum, ticket) => (sees(viewer, ticket) ? sum + ticket.count : sum), 0);
}

/** The numbers beside the views, in the menu and on the home page. What other instances have changed shows within ten seconds. */
export async function helpdeskSummary(strapi: Core.Strapi, viewer: Viewer): Promise<HelpdeskSummary> {
  const user = viewer.id;
  const visible = (await ticketCounts(strapi)).filter((ticket) => sees(viewer, ticket));
  const tickets = (belongs: (ticket: TicketCount) => boolean) => visible.filter(belongs).reduce((sum, { count }) => sum + count, 0);
  const counts = Object.fromEntries(VIEWS.map((view) => [view, tickets((ticket) => QUESTIONS[view].counts(ticket, user))]));
  return {
    views: { ...(counts as HelpdeskSummary['views']), absent: await countOfAbsent(strapi, viewer) },
    toAnswer: tickets(({ status, assignee, asleep }) => status === STATUS.open && !asleep && (assignee === user || assignee === null)),
    failedDeliveries: await strapi.db.query(UID.delivery).count({ where: { state: 'failed', ...whereTicketVisible(strapi, viewer) } }),
    unhealthyScanners: await strapi.db.query(UID.scanner).count({ where: { active: true, failingSince: { $notNull: true } } }),
  };
}
