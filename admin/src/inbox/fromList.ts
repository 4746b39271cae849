import { useLocation } from 'react-router-dom';
import { HELPDESK } from '../shared/helpdesk/places';

/** The list from which a ticket was opened. The browser's history keeps it, so it survives a reload and "back". */
export interface FromList {
  /** The query of the list, with its "?": view, filters, page. */
  search: string;
  /** The documentIds of its tickets, in their order. */
  tickets: string[];
}

/** What the list gets on the way back: which ticket was open, and which one comes next where that has left the list. */
export interface FromTicket {
  ticket: string;
  next: string | null;
}

interface Place {
  /** The address of the list with its filters, and what it gets. */
  list: { to: string; state: FromTicket };
  previous: string | null;
  next: string | null;
  /** The next ticket gets it, too. */
  state: { fromList?: FromList };
}

/** Where a ticket stands in the list that it was opened from; without one there is no next ticket. */
export function usePlaceInList(ticket: string): Place {
  const { fromList } = (useLocation().state ?? {}) as { fromList?: FromList };
  const tickets = fromList?.tickets ?? [];
  const at = tickets.indexOf(ticket);
  const next = at >= 0 ? (tickets[at + 1] ?? null) : null;
  return {
    list: { to: HELPDESK + (fromList?.search ?? ''), state: { ticket, next } },
    previous: at > 0 ? tickets[at - 1] : null,
    next,
    state: { fromList },
  };
}
