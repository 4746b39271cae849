import type { Core } from '@strapi/strapi';
import { pointsAt } from '../platform/links';
import { UID } from '../uids';

/** Who looks at the helpdesk, or works on it. */
export interface Viewer {
  /** The id of the administrator. */
  id: number;
  /** Whether they have to do with every ticket, or only with those assigned to them. */
  seesAll: boolean;
  /** Whether they may read tickets at all. Who may not is never told what stands in one, whatever they may write. */
  reads: boolean;
  /** Whether they give tickets to people. */
  assigns: boolean;
}

/** What a ticket must be for this viewer to see it. To be part of every query whose answer leaves the server. */
export const whereVisible = (strapi: Core.Strapi, { id, seesAll }: Viewer): object =>
  seesAll ? {} : pointsAt(strapi, UID.ticket, 'assignee', id);

/** The same for records that belong to a ticket, such as deliveries. */
export const whereTicketVisible = (strapi: Core.Strapi, viewer: Viewer): object =>
  viewer.seesAll ? {} : { ticket: whereVisible(strapi, viewer) };

/** The same for a ticket that has been read with its assignee. */
export const isVisible = ({ id, seesAll }: Viewer, ticket: { assignee?: { id: number } | null }): boolean =>
  seesAll || ticket.assignee?.id === id;
