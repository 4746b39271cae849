import type { Core } from '@strapi/strapi';
import { UID } from '../uids';
import { whereTicketVisible, whereVisible, type Viewer } from './viewer';

/** The lists that the inbox offers, and what each of them asks of a ticket. `user` is the administrator who looks. */
export const TICKET_VIEWS = ['mine', 'unassigned', 'open', 'waiting', 'all', 'closed'] as const;
export type TicketView = (typeof TICKET_VIEWS)[number];

const NOT_CLOSED = { ticketStatus: { $ne: 'Closed' } };

const CONDITIONS: Record<TicketView, (user: number) => object> = {
  mine: (user) => ({ ...NOT_CLOSED, assignee: { id: user } }),
  unassigned: () => ({ ...NOT_CLOSED, assignee: { id: { $null: true } } }),
  open: () => ({ ticketStatus: { $in: ['Open', 'In Progress'] } }),
  waiting: () => ({ ticketStatus: 'Wait For Response' }),
  all: () => ({}),
  closed: () => ({ ticketStatus: 'Closed' }),
};

export const whereOfView = (view: TicketView, user: number): object => CONDITIONS[view](user);

export interface HelpdeskSummary {
  /** Tickets in each view. */
  views: Record<TicketView, number>;
  /** Open tickets that nobody has, or that are this administrator's: what waits for an answer. */
  toAnswer: number;
  failedDeliveries: number;
  /** Active scanners whose last scan ended with an error. */
  unhealthyScanners: number;
}

/** The numbers beside the views, in the menu and on the home page. */
export async function helpdeskSummary(strapi: Core.Strapi, viewer: Viewer): Promise<HelpdeskSummary> {
  const user = viewer.id;
  const tickets = (where: object) => strapi.db.query(UID.ticket).count({ where: { $and: [whereVisible(viewer), where] } as never });
  const counts: [TicketView, number][] = [];
  for (const view of TICKET_VIEWS) counts.push([view, await tickets(whereOfView(view, user))]);
  return {
    views: Object.fromEntries(counts) as HelpdeskSummary['views'],
    toAnswer: await tickets({ ticketStatus: 'Open', $or: [{ assignee: { id: user } }, { assignee: { id: { $null: true } } }] }),
    failedDeliveries: await strapi.db.query(UID.delivery).count({ where: { state: 'failed', ...whereTicketVisible(viewer) } }),
    unhealthyScanners: await strapi.db.query(UID.scanner).count({ where: { active: true, failingSince: { $notNull: true } } }),
  };
}
