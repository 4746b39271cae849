import { useLocation } from 'react-router-dom';
import { HELPDESK } from '../shared/helpdesk/places';

/** The list that a ticket was opened from. It lies in the browser's history, so that a reload and "back" still know it. */
export interface FromList {
  /** The query of the list, with its "?": view, filters, page. */
  search: string;
  /** The documentIds of its tickets, in their order. */
  tickets: string[];
}

/** What the list is told on the way back: which ticket was open. */
export interface FromTicket {
  ticket: string;
}

interface Place {
  /** Where the list is, as it was, and what it is told. */
  list: { to: string; state: FromTicket };
  previous: string | null;
  next: string | null;
  /** To be handed on to the next ticket. */
  state: { fromList?: FromList };
}

/** Where a ticket stands in the list that it was opened from; without one there is no next ticket. */
export function usePlaceInList(ticket: string): Place {
  const { fromList } = (useLocation().state ?? {}) as { fromList?: FromList };
  const tickets = fromList?.tickets ?? [];
  const at = tickets.indexOf(ticket);
  return {
    list: { to: HELPDESK + (fromList?.search ?? ''), state: { ticket } },
    previous: at > 0 ? tickets[at - 1] : null,
    next: at >= 0 ? (tickets[at + 1] ?? null) : null,
    state: { fromList },
  };
}
