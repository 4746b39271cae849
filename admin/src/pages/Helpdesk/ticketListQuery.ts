import type { TicketView } from '../../api/tickets';

/** What the address bar holds, so that a list can be sent to a colleague. */
export interface TicketListQuery {
  page?: string;
  pageSize?: string;
  view?: TicketView;
  _q?: string;
  status?: string;
  priority?: string;
  assignee?: string;
  scanner?: string;
  contact?: string;
  account?: string;
  since?: string;
  until?: string;
}
