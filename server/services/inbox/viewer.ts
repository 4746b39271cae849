import type { Core } from '@strapi/strapi';
import { pointsAt } from '../storage/links';
import { UID } from '../uids';

/** Who looks at the helpdesk: an administrator who sees every ticket, or only those assigned to them. */
export interface Viewer {
  /** The id of the administrator. */
  id: number;
  seesAll: boolean;
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
